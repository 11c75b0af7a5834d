import { plural, t } from '@lingui/core/macro'
import { Button, CopyButton, Group, SegmentedControl, Text } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import { EmptyState } from '../../components/EmptyState.tsx'
import { formatBytes } from '../../components/format.ts'
import classes from './Difference.module.css'
import { TEXT_LIMIT } from './file-sides.ts'
import { TextRows } from './TextRows.tsx'
import { type DiffRow, diffLines, folded, patchOf } from './text-diff.ts'
import { isCut, splitText, type TextSide } from './text-sides.ts'
import { moreWords } from './words.ts'

export interface TextDifferenceProps {
  readonly before: TextSide
  readonly after: TextSide
}

/** Rows in the page at first: to lay out a hundred thousand would hold the window up. */
const SHOWN = 2000

/** Two texts line by line, side by side or as one, with what else is different about them. */
export function TextDifference({ before, after }: TextDifferenceProps): ReactElement {
  const [view, setView] = useState<View>('side by side')
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [limit, setLimit] = useState(SHOWN)
  const left = useMemo(() => splitText(before.text), [before.text])
  const right = useMemo(() => splitText(after.text), [after.text])
  const isLarge = isCut(before.contents) || isCut(after.contents)
  const rows = useMemo(() => (isLarge ? null : diffLines(left.lines, right.lines)), [left, right, isLarge])
  const shown = useMemo(() => (rows === null ? [] : folded(rows, opened)), [rows, opened])
  const limitWords = formatBytes(TEXT_LIMIT)
  if (isLarge)
    return (
      <EmptyState
        title={sizesWords(before.contents.size, after.contents.size)}
      >{t`Texts of up to ${limitWords} are compared here. Restore both versions to compare them with a program of yours.`}</EmptyState>
    )
  if (rows === null)
    return (
      <EmptyState
        title={t`The two have next to nothing in common`}
      >{t`To find what little that is would take too long. Preview each side by itself, or restore both.`}</EmptyState>
    )
  const notes = [
    noteOn(before.encoding, after.encoding, (change) => t`Other encoding: ${change}`),
    noteOn(left.ends, right.ends, (change) => t`Other line ends: ${change}`),
  ].flat()
  return (
    <>
      <Bar rows={rows} before={left.lines} after={right.lines} notes={notes} view={view} onView={setView} />
      {view === 'side by side' && <Titles before={before.title} after={after.title} />}
      <TextRows
        rows={shown.slice(0, limit)}
        before={left.lines}
        after={right.lines}
        view={view}
        onOpen={(line) => setOpened(new Set([...opened, line]))}
      />
      {shown.length > limit && (
        <Group className={classes['bar'] ?? ''}>
          <Button variant="default" size="compact-xs" onClick={() => setLimit(limit + SHOWN)}>
            {moreWords(shown.length - limit, SHOWN)}
          </Button>
        </Group>
      )}
    </>
  )
}

function sizesWords(before: number, after: number): string {
  const [earlier, later] = [formatBytes(before), formatBytes(after)]
  return t`Texts of ${earlier} and ${later}`
}

function Titles({ before, after }: { readonly before: string; readonly after: string }): ReactElement {
  return (
    <div className={classes['titles']}>
      {[before, after].map((title) => (
        <Text key={title} size="xs" fw={600}>
          {title}
        </Text>
      ))}
    </div>
  )
}

type View = 'side by side' | 'unified'

interface BarProps {
  readonly rows: readonly DiffRow[]
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly notes: readonly string[]
  readonly view: View
  onView(view: View): void
}

/** How much differs, what else does beside the lines, and how it is shown. */
function Bar({ rows, before, after, notes, view, onView }: BarProps): ReactElement {
  const changed = rows.filter(({ kind }) => kind !== 'same').length
  const patch = patchOf(rows, { before, after })
  return (
    <Group className={classes['bar'] ?? ''} gap="4px 12px">
      <Text size="xs" role="status">
        {changed === 0
          ? t`The lines are the same`
          : plural(changed, { one: '# line differs', other: '# lines differ' })}
      </Text>
      {notes.map((note) => (
        <Text key={note} size="xs" c="var(--state-partial)">
          {note}
        </Text>
      ))}
      <Group gap="xs" ml="auto">
        <SegmentedControl
          size="xs"
          aria-label={t`How it is shown`}
          value={view}
          onChange={(value) => onView(value === 'unified' ? 'unified' : 'side by side')}
          data={[
            { value: 'side by side', label: t`side by side` },
            { value: 'unified', label: t`unified` },
          ]}
        />
        <CopyButton value={patch}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-xs" onClick={copy}>
              {copied ? t`Copied` : t`Copy as patch`}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Group>
  )
}

function noteOn(before: string, after: string, words: (change: string) => string): string[] {
  return before === after || before === 'none' || after === 'none' ? [] : [words(`${before} → ${after}`)]
}
