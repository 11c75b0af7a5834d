import type { ContractRouterClient } from '@orpc/contract'
import { audit } from './audit.ts'
import { compare } from './compare.ts'
import { host } from './host.ts'
import { preview } from './preview.ts'
import { repository } from './repository.ts'
import { restore } from './restore.ts'
import { run } from './run.ts'
import { search } from './search.ts'
import { snapshot } from './snapshot.ts'
import { tree } from './tree.ts'
import { version } from './version.ts'

/** What main may ask of a host's agent. */
export const agentContract = {
  host,
  repository,
  snapshot,
  tree,
  search,
  version,
  preview,
  compare,
  restore,
  run,
  audit,
} as const
export type AgentClient = ContractRouterClient<typeof agentContract>
