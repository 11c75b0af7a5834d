import { createHash } from 'node:crypto'
import { Chain } from '../../contract/audit-chain/chain.ts'

/** How the rows of this host's audit are linked. */
export const chain = new Chain((text) => createHash('sha256').update(text).digest('hex'))
