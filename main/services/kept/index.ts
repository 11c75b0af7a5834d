export { KeptListings, type KeptName } from './kept-listings.ts'
export { openKept } from './open-kept.ts'
export type { Label, Vault } from './vault.ts'
