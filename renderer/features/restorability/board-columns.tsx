import { plural, t } from '@lingui/core/macro'
import { Badge, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { formatCount, formatMoment } from '../../components/format.ts'
import { Sparkline } from '../../components/Sparkline.tsx'
import { RelativeTime } from '../../components/Timestamp.tsx'
import type { Column } from '../../components/table-columns.ts'
import { MarkBadge } from '../audit/index.ts'
import { lastProven, PROOF_STATES, rateWords, STATE_SENTENCES, timeWords } from './proof-words.ts'
import type { BoardRow } from './use-board.ts'

/** The board, one repository of one host in each line. */
export const BOARD_COLUMNS: readonly Column<BoardRow>[] = [
  {
    id: 'state',
    title: t`Proof`,
    width: '118px',
    cell: ({ state }) => (
      <span title={STATE_SENTENCES[state]}>
        <MarkBadge mark={PROOF_STATES[state]} />
      </span>
    ),
  },
  {
    id: 'host',
    title: t`Host`,
    width: 'minmax(90px, 1fr)',
    cell: ({ hostName }) => (
      <Text span fw={600} title={hostName}>
        {hostName}
      </Text>
    ),
    compare: (a, b) => a.hostName.localeCompare(b.hostName, undefined, { numeric: true }),
  },
  {
    id: 'repository',
    title: t`Repository`,
    width: 'minmax(90px, 1fr)',
    cell: ({ repositoryName, sample }) => (
      <Group gap={6} wrap="nowrap">
        <span title={repositoryName}>{repositoryName}</span>
        {sample && <Badge size="sm">{t`sample`}</Badge>}
      </Group>
    ),
    compare: (a, b) => a.repositoryName.localeCompare(b.repositoryName, undefined, { numeric: true }),
  },
  {
    id: 'snapshot',
    title: t`Last snapshot`,
    width: '104px',
    cell: ({ lastSnapshot }) =>
      lastSnapshot === null ? <Dimmed>{t`not known`}</Dimmed> : <RelativeTime time={lastSnapshot.time} />,
    compare: (a, b) => Date.parse(a.lastSnapshot?.time ?? '1970') - Date.parse(b.lastSnapshot?.time ?? '1970'),
    hideBelow: 560,
  },
  {
    id: 'proven',
    title: t`Last proven`,
    width: '96px',
    cell: (row) => {
      const proven = lastProven(row)
      return proven === null ? <Dimmed>{t`never`}</Dimmed> : <RelativeTime time={proven.at} />
    },
    compare: (a, b) => Date.parse(lastProven(a)?.at ?? '1970') - Date.parse(lastProven(b)?.at ?? '1970'),
  },
  {
    id: 'how',
    title: t`How`,
    width: 'minmax(120px, 2.2fr)',
    cell: (row) => <How row={row} />,
    hideBelow: 720,
  },
  {
    id: 'bound',
    title: t`Bound`,
    width: '82px',
    cell: ({ boundDays, ownBound }) => (
      <span title={ownBound ? t`This repository’s own bound` : t`The bound of every repository without its own`}>
        {plural(boundDays, { one: '# day', other: '# days' })}
        {ownBound && ' *'}
      </span>
    ),
    compare: (a, b) => a.boundDays - b.boundDays,
    hideBelow: 820,
  },
  {
    id: 'took',
    title: t`Time to restore`,
    width: 'minmax(150px, 1fr)',
    cell: ({ lastProof, rates }) => <Took proof={lastProof} rate={rates.at(-1)} />,
    compare: (a, b) => (a.rates.at(-1) ?? -1) - (b.rates.at(-1) ?? -1),
    hideBelow: 640,
  },
  {
    id: 'trend',
    title: t`Trend`,
    width: '96px',
    cell: ({ rates }) => <Trend rates={rates} />,
    hideBelow: 900,
  },
]

/** What fails comes before what was shown once. */
function How({ row }: { readonly row: BoardRow }): ReactElement {
  const { state, failing } = row
  if (state === 'failed' && failing !== null) {
    const words = t`${failing.replica} is failing`
    return <span title={failing.error ?? words}>{words}</span>
  }
  const how = lastProven(row)?.how
  return how === undefined ? <Dimmed>—</Dimmed> : <span title={how}>{how}</span>
}

interface TookProps {
  readonly proof: BoardRow['lastProof']
  readonly rate: number | undefined
}

function Took({ proof, rate }: TookProps): ReactElement {
  if (proof === null || proof.seconds === null) return <Dimmed>—</Dimmed>
  const when = formatMoment(new Date(proof.at))
  return (
    <span title={t`Measured ${when}`}>
      {timeWords(proof.seconds, proof.bytes)}
      {rate !== undefined && <Text span c="dimmed">{` · ${rateWords(rate)}`}</Text>}
    </span>
  )
}

function Trend({ rates }: { readonly rates: readonly number[] }): ReactElement {
  const [first] = rates
  const last = rates.at(-1)
  if (first === undefined || last === undefined || rates.length < 2) return <Dimmed>—</Dimmed>
  const count = formatCount(rates.length)
  const [from, to] = [rateWords(first), rateWords(last)]
  return (
    <Sparkline
      label={t`Rate of the last ${count} proofs, from ${from} to ${to}`}
      values={rates}
      width={88}
      height={22}
    />
  )
}

function Dimmed({ children }: { readonly children: string }): ReactElement {
  return <Text c="dimmed">{children}</Text>
}
