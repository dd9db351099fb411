export { claimDataDir, type OwnedElsewhere, type Ownership } from './owner/claim.ts';
export { connectToOwner, type OwnerConnection } from './owner/connect.ts';
export { serveOwnerSocket } from './owner/serve.ts';
