import { t } from '@lingui/core/macro'
import { Button, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { ProofState } from '../../../contract/shapes/restorability.ts'
import { describeError } from '../../client/describe-fault.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FilterInput } from '../../components/FilterInput.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Page } from '../../components/Page.tsx'
import { useTrail } from '../../components/trail.tsx'
import { VirtualTable } from '../../components/VirtualTable.tsx'
import { type BoardAddress, narrowBoard } from './board-address.ts'
import { BOARD_COLUMNS } from './board-columns.tsx'
import { ProofDrawer } from './ProofDrawer.tsx'
import { countStates, PROOF_STATES, summaryWords } from './proof-words.ts'
import { StateCounts } from './StateCounts.tsx'
import { UsualBound } from './UsualBound.tsx'
import { type BoardRow, useBoard } from './use-board.ts'

const rowKey = ({ hostId, repositoryId }: BoardRow): string => `${hostId} ${repositoryId}`

/** Whether the backups can be restored at all: every repository of every host, the worst first. */
export function RestorabilityPage({ address }: { readonly address: BoardAddress }): ReactElement {
  useTrail([{ label: t`Restorability` }])
  const navigate = useNavigate()
  const { rows, usualBoundDays, error, refetch, changed } = useBoard()
  const [looked, setLooked] = useState<{ readonly key: string; readonly opened: boolean }>({ key: '', opened: false })
  const change = (next: BoardAddress): void => void navigate({ to: '/restorability', search: next, replace: true })
  const { state, text = '' } = address
  const shown = rows?.filter((row) => fits(row, address))
  const counts = countStates(rows ?? [])
  const choose = (chosen: ProofState | null): void =>
    change(narrowBoard({ text, ...(chosen === null ? {} : { state: chosen }) }))
  return (
    <Page
      title={t`Can it be restored?`}
      about={rows !== undefined && rows.length > 0 && <Text span>{summaryWords(counts)}</Text>}
      actions={
        <>
          <FilterInput
            label={t`Filter repositories`}
            value={text}
            onChange={(typed) => change(narrowBoard({ ...address, text: typed }))}
          />
          <UsualBound days={usualBoundDays} onChanged={changed} />
        </>
      }
      fill
    >
      {rows !== undefined && rows.length > 0 && (
        <StateCounts counts={counts} chosen={state ?? null} onChoose={choose} />
      )}
      {shown === undefined ? (
        error === null ? (
          <LoadingRows label={t`Loading the board`} columns={BOARD_COLUMNS} />
        ) : (
          <ErrorState description={describeError(error)} onRetry={refetch} />
        )
      ) : (
        <VirtualTable
          label={t`Repositories`}
          rows={shown}
          columns={BOARD_COLUMNS}
          rowKey={rowKey}
          rowHeight={36}
          onOpen={(row) => setLooked({ key: rowKey(row), opened: true })}
          empty={rows?.length === 0 ? <Nothing /> : <NoneFits onClear={() => change({})} />}
        />
      )}
      <ProofDrawer
        row={rows?.find((row) => rowKey(row) === looked.key) ?? null}
        usualBoundDays={usualBoundDays}
        opened={looked.opened}
        onClose={() => setLooked({ ...looked, opened: false })}
        onChanged={changed}
      />
    </Page>
  )
}

function fits({ state, hostName, repositoryName }: BoardRow, address: BoardAddress): boolean {
  if (address.state !== undefined && address.state !== state) return false
  const said = `${hostName} ${repositoryName} ${PROOF_STATES[state].word}`.toLowerCase()
  return (address.text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title={t`There is no repository yet`}
    >{t`Once a host has one, it is listed here with its last snapshot and the last restore that proved it.`}</EmptyState>
  )
}

function NoneFits({ onClear }: { readonly onClear: () => void }): ReactElement {
  return (
    <EmptyState
      title={t`No repository matches the filter`}
      action={<Button variant="default" onClick={onClear}>{t`Clear the filter`}</Button>}
    />
  )
}
