import { t } from '@lingui/core/macro'
import type { HostView } from '../../../contract/shapes/host.ts'
import { reasonWords } from '../../client/reason-words.ts'
import type { StateName } from '../../components/StateBadge.tsx'

export interface LinkWords {
  readonly state: StateName
  readonly word: string
  /** Why; empty when there is nothing to explain. */
  readonly reason: string
}

/** How a host's link stands, in a colour, a word and its cause. */
export function linkWords({ link, local }: Pick<HostView, 'link' | 'local'>): LinkWords {
  switch (link.state) {
    case 'connected':
      return { state: 'succeeded', word: local ? t`local` : t`connected`, reason: '' }
    case 'connecting':
      return { state: 'running', word: t`connecting`, reason: reasonWords(link) }
    case 'unreachable':
      return { state: 'unknown', word: t`away`, reason: reasonWords(link) }
    case 'refused':
      return { state: 'failed', word: t`refused`, reason: reasonWords(link) }
  }
}

/** The words of a filter, in lower case. */
export function wordsIn(filter: string): readonly string[] {
  return filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}
