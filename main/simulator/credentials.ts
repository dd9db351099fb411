export interface Credentials {
  readonly appKey: string;
  readonly appSecret: string;
  readonly username: string;
  readonly password: string;
}

/** What signs in to a simulator that was given no others: Verizon's sample login and a made-up key pair. */
export const sampleCredentials: Credentials = {
  appKey: 'a1b2c3d4-0000-4000-8000-5117570a90e1',
  appSecret: 'e5f60718-0000-4000-8000-5ec7e7f07de0',
  username: 'zbeeblebrox',
  password: 'IMgr8',
};
