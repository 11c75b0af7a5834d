import type { ContractRouterClient } from '@orpc/contract'
import { audit } from './audit.ts'
import { compare } from './compare.ts'
import { consumers } from './consumers.ts'
import { fanOuts } from './fan-outs.ts'
import { hosts } from './hosts.ts'
import { notices } from './notices.ts'
import { pastRestores } from './past-restores.ts'
import { planes } from './planes.ts'
import { preview } from './preview.ts'
import { replicas } from './replicas.ts'
import { repositories } from './repositories.ts'
import { restorability } from './restorability.ts'
import { restores } from './restores.ts'
import { runs } from './runs.ts'
import { savedViews } from './saved-views.ts'
import { search } from './search.ts'
import { secrets } from './secrets.ts'
import { snapshots } from './snapshots.ts'
import { system } from './system.ts'
import { tree } from './tree.ts'
import { updates } from './updates.ts'
import { verifications } from './verifications.ts'
import { versions } from './versions.ts'
import { workspaces } from './workspaces.ts'

/** What the renderer may ask of main. */
export const consoleContract = {
  system,
  workspaces,
  notices,
  secrets,
  hosts,
  repositories,
  snapshots,
  tree,
  search,
  versions,
  preview,
  compare,
  restores,
  fanOuts,
  runs,
  audit,
  pastRestores,
  restorability,
  savedViews,
  planes,
  consumers,
  replicas,
  verifications,
  updates,
} as const
export type ConsoleClient = ContractRouterClient<typeof consoleContract>
