/** Which accounts the user may reach, and GET /accounts/{accountName}. Notes, section 7. */
import { type Call, json, m2mError, parameter, type Reply } from './http.ts';

export interface Accounts {
  readonly names: readonly string[];
  /** Why the account cannot be used, or null. */
  refuse(name: string): Reply | null;
  readonly describe: (call: Call) => Reply;
}

function description(name: string): Readonly<Record<string, unknown>> {
  return {
    accountName: name,
    accountNumber: name,
    organizationName: 'Sample organisation',
    isProvisioningAllowed: true,
    carriers: ['Verizon Wireless'],
    features: ['Dynamic IP', 'Public Network'],
    iPPools: [{ poolName: 'ACMEDYNAMIC001', poolType: 'Dynamic IP', isDefaultPool: false }],
    servicePlans: [
      { name: 'M2M_4G', code: '92876', sizeKb: 1, carrierServicePlanCode: '92876', extendedAttributes: [] },
    ],
  };
}

/** `foreign` accounts exist, but belong to somebody else. */
export function createAccounts(names: readonly string[], foreign: readonly string[]): Accounts {
  function refuse(name: string): Reply | null {
    if (names.includes(name)) return null;
    if (foreign.includes(name))
      return m2mError('REQUEST_FAILED.AccountName', 'The user is not associated with the account.');
    return m2mError('REQUEST_FAILED.AccountNotFound', 'The account was not found.');
  }
  return {
    names,
    refuse,
    describe(call) {
      const name = parameter(call, 'account');
      return refuse(name) ?? json(200, description(name));
    },
  };
}
