export { type Kept, KeptListings, type KeptName } from './kept-listings.ts'
export { openKept } from './open-kept.ts'
export type { Label, OpenVault, Vault } from './vault.ts'
