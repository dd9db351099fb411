const sentences: Readonly<Record<string, (account: string | null) => string>> = {
  'INPUT_INVALID.Account.NotDefined': () => 'ThingSpace needs an account name for this. Add the account first.',
  'REQUEST_FAILED.AccountName': (account) =>
    `This API user may not use ${inWords(account)}. Ask who manages it at Verizon to give the user access, or check the name.`,
  'REQUEST_FAILED.AccountNotFound': (account) =>
    `ThingSpace knows no ${account === null ? 'such account' : `account named ${account}`}. Compare it digit by digit with the portal: leading zeros count.`,
  'REQUEST_FAILED.NoAccounts': () =>
    'This API user has no account. Ask who manages your ThingSpace users to give it access to one.',
  'REQUEST_FAILED.MultipleAccounts': () => 'This API user has several accounts, so one must be named.',
  'INPUT_INVALID.Device.Kind.Invalid': () =>
    'ThingSpace does not know this kind of identifier. Use mdn, imei, iccid, msisdn, esn, meid or eid.',
  'INPUT_INVALID.Device.Identifier.Invalid': () =>
    'The identifier does not fit its kind: an mdn has 10 digits, an imei 15, an iccid up to 20. Check it.',
  'REQUEST_FAILED.DeviceNotFound': (account) =>
    `ThingSpace finds no such device in ${inWords(account)}. Check its identifier.`,
  'INPUT_INVALID.DeviceState.Invalid': () =>
    'The device is not active, so no text can be sent to it. Activate it in the portal.',
  'INPUT_INVALID.SmsMessage.Null': () => 'The text is empty. Write something to send.',
  'INPUT_INVALID.SmsMessage.TooLong': () =>
    'The text is too long for one SMS: 160 plain characters, or 140 bytes with others. Shorten it.',
  'INPUT_INVALID.NumberofDevices': () => 'That is more devices than ThingSpace takes at once. Name fewer.',
  'INPUT_INVALID.MaxRequestsExceeded': () => 'That is more devices than ThingSpace takes at once. Name fewer.',
  'INPUT_INVALID.Request.InvalidCharacter': () =>
    "ThingSpace does not take one of the characters. Leave out apostrophes ('), < and \\.",
  'INPUT_INVALID.RequestUndefined': () => 'ThingSpace found the request empty. Please report this.',
  DeserializationFailed: () => 'ThingSpace could not read the request. Please report this.',
};

function inWords(account: string | null): string {
  return account === null ? 'this account' : `the account ${account}`;
}

/** Our sentence for an errorCode without its service name (API notes, 8.3), or null when the code is not known. */
export function knownSentence(code: string, account: string | null): string | null {
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  return sentence?.(account) ?? null;
}
