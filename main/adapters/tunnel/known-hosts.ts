/** By `host:port`: the SHA-256 fingerprint of the key that the SSH server showed first. */
export type KnownHosts = Readonly<Record<string, string>>;

/** The name under which a server's key is kept. */
export function hostKeyName(host: string, port: number): string {
  return `${host.toLowerCase()}:${port}`;
}
