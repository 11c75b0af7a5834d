import { t } from '@lingui/core/macro'
import {
  IconArrowsExchange,
  IconHistory,
  IconPlayerPlay,
  IconRobot,
  IconRoute,
  IconSearch,
  IconServer2,
  IconShieldCheck,
} from '@tabler/icons-react'

export const MASK_KEYS = 'alt+M'
export const SEARCH_KEYS = 'mod+Shift+F'

/** The places of the console that exist, as the rail and the palette name them. */
export const PLACES = [
  {
    path: '/',
    label: t`Hosts`,
    Icon: IconServer2,
    holds: (at: string) => at === '/' || (at.startsWith('/hosts') && !isRun(at)),
  },
  {
    path: '/search',
    label: t`Search`,
    Icon: IconSearch,
    keys: SEARCH_KEYS,
    holds: (at: string) => at.startsWith('/search'),
  },
  {
    path: '/runs',
    label: t`Runs`,
    Icon: IconPlayerPlay,
    holds: (at: string) => at.startsWith('/runs') || at.startsWith('/fan-outs') || isRun(at),
  },
  { path: '/audit', label: t`Recent restores`, Icon: IconHistory, holds: (at: string) => at.startsWith('/audit') },
  {
    path: '/restorability',
    label: t`Restorability`,
    Icon: IconShieldCheck,
    holds: (at: string) => at.startsWith('/restorability'),
  },
  {
    path: '/replicas',
    label: t`Replicas`,
    Icon: IconArrowsExchange,
    holds: (at: string) => at.startsWith('/replicas'),
  },
  { path: '/consumers', label: t`Consumers`, Icon: IconRobot, holds: (at: string) => at.startsWith('/consumers') },
  { path: '/planes', label: t`Control planes`, Icon: IconRoute, holds: (at: string) => at.startsWith('/planes') },
] as const

function isRun(path: string): boolean {
  return /^\/hosts\/[^/]+\/runs\//.test(path)
}
