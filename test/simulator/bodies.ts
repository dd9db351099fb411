/** The fields that these tests read from answers and callbacks. Which of them are there is what the tests find out. */
import type { DeviceId } from '../../main/simulator/server.ts';

export interface AnswerBody {
  readonly access_token: string;
  readonly expires_in: unknown;
  readonly sessionToken: string;
  readonly error: string;
  readonly errorCode: string;
  readonly fault: { readonly code: string };
  readonly accountName: string;
  readonly credentials: object;
  readonly hasMoreData: boolean;
  readonly messages: readonly { readonly deviceIds: readonly DeviceId[]; message: string; timestamp: string }[];
  readonly token: string;
  readonly Token: string;
  readonly next: string;
  readonly nextToken: string;
  readonly requestId: string;
  readonly status: string;
  readonly id: string;
  readonly devices: readonly {
    readonly accountName: string;
    readonly deviceIds: readonly DeviceId[];
    readonly extendedAttributes: readonly { readonly key: string; readonly value: string }[];
  }[];
}

export interface CallbackBody {
  readonly password: string;
  readonly deviceIds: readonly DeviceId[];
  readonly smsMessage: string;
  readonly requestId: string;
  readonly status: string;
  readonly callbackCount: number;
}
