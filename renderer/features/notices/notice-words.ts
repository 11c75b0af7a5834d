import { plural, t } from '@lingui/core/macro'
import type { Notice, ProofNotice } from '../../../contract/shapes/notice.ts'
import { formatCount } from '../../components/format.ts'
import { STATE_WORDS } from '../../components/StateBadge.tsx'
import { countsWords } from '../runs/index.ts'

export interface Words {
  readonly title: string
  readonly line: string
}

/** One line of what has happened, and one of how it went, as the window says them. */
export function noticeWords({ kind, host, state, counts }: Notice): Words {
  return {
    title: titleOf(KINDS[kind], host, state),
    line: countsWords({ ...counts, restored: counts.restored + counts.updated, updated: 0 }),
  }
}

/** One line of what has come to be so of a replica, and one of where; what the consumer said of it stands in neither. */
export function proofNoticeWords(notice: ProofNotice): Words {
  const { state, name, machines } = notice
  if (state === 'many') return manyWords(notice)
  const [first = ''] = machines
  const more = machines.length - 1
  const where = more < 1 ? first : t`${first} and ${more} more`
  return {
    title: proofTitle(state, name),
    line: state === 'gap' ? t`${where}: the consumer does not offer what it asks for` : where,
  }
}

function manyWords({ name, counts: { failing, overdue, gap } }: ProofNotice): Words {
  const count = failing + overdue + gap
  const said = [
    failing > 0 ? t`${formatCount(failing)} failing` : '',
    overdue > 0 ? t`${formatCount(overdue)} overdue` : '',
    gap > 0 ? t`${formatCount(gap)} gap` : '',
  ].filter((part) => part !== '')
  return {
    title: plural(count, { one: '# replica needs attention', other: '# replicas need attention' }),
    line: t`${said.join(', ')}, on ${name}`,
  }
}

function proofTitle(state: Exclude<ProofNotice['state'], 'many'>, name: string): string {
  switch (state) {
    case 'failing':
      return t`Replica ${name} is failing`
    case 'overdue':
      return t`Replica ${name} is overdue`
    case 'gap':
      return t`Replica ${name} has a gap`
    case 'healthy':
    case 'over':
      return t`Replica ${name} is healthy again`
  }
}

const KINDS: Readonly<Record<Notice['kind'], string>> = {
  init: t`New repository`,
  backup: t`Backup`,
  restore: t({ message: 'Restore', context: 'a run' }),
  diff: t`Comparison`,
  check: t`Check`,
  verify: t`Verification`,
}

function titleOf(what: string, host: string, state: Notice['state']): string {
  switch (state) {
    case 'succeeded':
      return t`${what} on ${host} is done`
    case 'partial':
      return t`${what} on ${host} partly succeeded`
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
