import { t } from '@lingui/core/macro'
import { Button, Group, Text, Title, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import type { ChangeKind } from '../../../contract/shapes/compare.ts'
import { type Fact, FactList } from '../../components/FactList.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatExact } from '../../components/format.ts'
import { NODE_TYPE_WORDS } from '../../components/node-types.ts'
import { SectionCard } from '../../components/SectionCard.tsx'
import { ChangeMark } from './ChangeMark.tsx'
import classes from './Compare.module.css'
import { type ChangeFilter, type ChangeRow, isFolder, shownKind } from './change-rows.ts'
import { NOW, type Sides } from './sides.ts'
import type { CompareTree } from './use-compare-tree.ts'
import type { Moves } from './use-moves.ts'
import type { ActiveChange, RowActions } from './use-row-actions.ts'
import { bytesWords, KIND_WORDS, octal, rollUpWords } from './words.ts'

export interface ChangeDetailsProps {
  readonly sides: Sides
  readonly shown: CompareTree | null
  readonly actions: RowActions
  readonly filter: ChangeFilter
  readonly moves: Moves
}

/** What is known of the row that the keyboard is on, and what can be done with it. */
export function ChangeDetails({ sides, shown, actions, filter, moves }: ChangeDetailsProps): ReactElement {
  const { active } = actions
  const kind = active === null || shown === null ? 'same' : kindOf(active, shown, filter)
  return (
    <aside className={classes['details']} aria-label={t`Details`}>
      <SectionCard>
        {active === null || shown === null ? (
          <Text p="md" c="dimmed">{t`Details of the current row appear here.`}</Text>
        ) : (
          <>
            <header className={classes['head']}>
              <Title order={2}>
                <FileName name={active.row.name} plain />
              </Title>
              <Group gap={6}>
                <ChangeMark kind={kind} bitRot={active.row.bitRot} />
                <Text span size="sm">
                  {KIND_WORDS[kind]}
                </Text>
              </Group>
              <RowButtons row={active.row} sides={sides} actions={actions} />
            </header>
            <div className={classes['facts']}>
              <FactList facts={factsOf(active.row, active.path, { sides, shown, filter, moves })} />
            </div>
          </>
        )}
      </SectionCard>
    </aside>
  )
}

function kindOf({ row, path }: ActiveChange, { levels }: CompareTree, filter: ChangeFilter): ChangeKind {
  return shownKind(row, filter, isFolder(row) ? levels.rollUpOf(row, path) : null)
}

function RowButtons({
  row,
  sides,
  actions,
}: Pick<ChangeDetailsProps, 'sides' | 'actions'> & { readonly row: ChangeRow }): ReactElement {
  const { show, addBefore, addAfter, addRemoved, compareContent, isComparing } = actions
  const buttons = [
    { label: isFolder(row) ? t`Metadata…` : t`Difference…`, run: show, why: t`Both sides beside each other (Enter)` },
    {
      label: t`Compare content`,
      run: compareContent,
      why: t`The host reads the whole file, and it is recorded in the audit (Alt+C)`,
      loading: isComparing,
    },
    {
      label: sides.after === NOW ? t`Snapshot’s to basket` : t`Earlier to basket`,
      run: addBefore,
      why: t`Restore it as the earlier side has it`,
    },
    { label: t`Later to basket`, run: addAfter, why: t`Restore it as the later side has it` },
    { label: t`All removed to basket`, run: addRemoved, why: t`Everything this folder used to have` },
  ]
  return (
    <Group gap={6}>
      {buttons.map(
        ({ label, run, why, loading = false }) =>
          run !== undefined && (
            <Tooltip key={label} label={why}>
              <Button variant="default" size="compact-sm" onClick={run} loading={loading}>
                {label}
              </Button>
            </Tooltip>
          ),
      )}
    </Group>
  )
}

interface Known {
  readonly sides: Sides
  readonly shown: CompareTree
  readonly filter: ChangeFilter
  readonly moves: Moves
}

function factsOf(row: ChangeRow, path: string, { sides, shown: { levels }, filter, moves }: Known): Fact[] {
  const isNow = sides.after === NOW
  const other = moves.get(path)
  const rollUp = isFolder(row) ? levels.rollUpOf(row, path) : null
  return [
    { term: t`In`, value: <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} /> },
    {
      term: row.kind === 'added' ? t`Moved from` : t`Moved to`,
      value: other === undefined ? null : <FileName name={other} />,
    },
    { term: t`Below`, value: rollUp === null ? null : rollUpWords(rollUp, filter.metadata) },
    { term: t`Bytes`, value: rollUp === null ? null : bytesWords(rollUp) || t`the same` },
    {
      term: isNow ? t`Snapshot` : t`Earlier`,
      value: row.typeBefore === null ? t`not there` : <Side row={row} side="Before" />,
    },
    {
      term: isNow ? t`Host now` : t`Later`,
      value: row.typeAfter === null ? t`not there` : <Side row={row} side="After" />,
    },
  ]
}

function Side({ row, side }: { readonly row: ChangeRow; readonly side: 'Before' | 'After' }): ReactElement {
  const type = row[`type${side}`] ?? 'irregular'
  return (
    <>
      <div>{type === 'file' ? formatBytes(row[`size${side}`]) : NODE_TYPE_WORDS[type]}</div>
      <div>{formatExact(new Date(row[`modified${side}`]))}</div>
      <div className={classes['octal']}>{octal(row[`mode${side}`])}</div>
    </>
  )
}
