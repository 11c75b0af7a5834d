import { t } from '@lingui/core/macro'
import type { Notice } from '../../../contract/shapes/notice.ts'
import { STATE_WORDS } from '../../components/StateBadge.tsx'
import { countsWords } from '../runs/index.ts'

/** One line of what has happened, and one of how it went, as the window says them. */
export function noticeWords({ kind, host, state, counts }: Notice): { readonly title: string; readonly line: string } {
  return {
    title: titleOf(KINDS[kind], host, state),
    line: countsWords({ ...counts, restored: counts.restored + counts.updated, updated: 0 }),
  }
}

const KINDS: Readonly<Record<Notice['kind'], string>> = {
  init: t`New repository`,
  backup: t`Backup`,
  restore: t`Restore`,
  diff: t`Comparison`,
  check: t`Check`,
  verify: t`Verification`,
}

function titleOf(what: string, host: string, state: Notice['state']): string {
  switch (state) {
    case 'succeeded':
      return t`${what} on ${host} is done`
    case 'partial':
      return t`${what} on ${host} is done in part`
    case 'failed':
      return t`${what} on ${host} has failed`
    case 'cancelled':
      return t`${what} on ${host} was cancelled`
    case 'interrupted':
      return t`${what} on ${host} was interrupted`
    default:
      return t`${what} on ${host}: ${{ state: STATE_WORDS[state] }}`
  }
}
