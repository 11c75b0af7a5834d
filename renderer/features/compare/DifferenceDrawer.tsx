import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Drawer, SegmentedControl, Tabs, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { baseName } from '../../../contract/shapes/file-name.ts'
import { FileName } from '../../components/FileName.tsx'
import type { RepositoryKey } from '../basket/index.ts'
import { ContentDifference } from './ContentDifference.tsx'
import type { ChangeRow } from './change-rows.ts'
import classes from './Difference.module.css'
import { BETWEEN, BETWEEN_WORDS, type Between, chosen, columnsOf } from './difference-columns.ts'
import { MetadataDifference } from './MetadataDifference.tsx'
import { NOW, type Sides } from './sides.ts'
import type { Difference, Differing } from './use-difference.ts'

export interface DifferenceDrawerProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly difference: Difference
  /** The host has compared what the file of a row holds. */
  onDecided(row: ChangeRow, path: string, isSame: boolean): void
}

/** One path on both sides: what it holds, and all else that is kept of it; beside the host now where that is wanted. */
export function DifferenceDrawer({ place, sides, difference, onDecided }: DifferenceDrawerProps): ReactElement {
  const { subject, opened, close } = difference
  const path = subject?.path ?? ''
  return (
    <Drawer
      opened={opened}
      onClose={close}
      size="min(1180px, 96vw)"
      title={
        <>
          <Text fw={650}>
            <FileName name={baseName(path)} plain />
          </Text>
          <Text size="xs" c="dimmed">
            <Trans>
              in <FileName name={path.slice(0, path.lastIndexOf('/')) || '/'} />
            </Trans>
          </Text>
        </>
      }
      closeButtonProps={{ 'aria-label': t`Close` }}
      classNames={{ content: classes['drawer'] ?? '', body: classes['body'] ?? '', title: classes['title'] ?? '' }}
      // The page below has keys of its own.
      onKeyDown={(event) => event.stopPropagation()}
    >
      {subject !== null && (
        <DifferenceOf key={subject.path} place={place} sides={sides} subject={subject} onDecided={onDecided} />
      )}
    </Drawer>
  )
}

interface DifferenceOfProps extends Omit<DifferenceDrawerProps, 'difference'> {
  readonly subject: Differing
}

function DifferenceOf({ place, sides, subject, onDecided }: DifferenceOfProps): ReactElement {
  const isFile = subject.typeBefore === 'file' || subject.typeAfter === 'file'
  const [between, setBetween] = useState<Between>('earlier and later')
  const [tab, setTab] = useState<string | null>(isFile ? 'content' : 'metadata')
  const columns = columnsOf(sides, subject)
  const { row, path } = subject
  return (
    <Tabs
      value={tab}
      onChange={setTab}
      keepMounted={false}
      classNames={{ root: classes['tabs'] ?? '', panel: classes['panel'] ?? '' }}
    >
      <div className={classes['head-line']}>
        <Tabs.List>
          {isFile && <Tabs.Tab value="content">{t`Content`}</Tabs.Tab>}
          <Tabs.Tab value="metadata">{t`Metadata`}</Tabs.Tab>
        </Tabs.List>
        {sides.after !== NOW && tab === 'content' && (
          <SegmentedControl
            size="xs"
            aria-label={t`Which sides`}
            value={between}
            onChange={(value) => setBetween(BETWEEN.find((one) => one === value) ?? 'earlier and later')}
            data={BETWEEN.map((value) => ({ value, label: BETWEEN_WORDS[value] }))}
          />
        )}
      </div>
      {isFile && (
        <Tabs.Panel value="content">
          <ContentDifference
            place={place}
            path={path}
            columns={chosen(columns, between)}
            onCompared={(isSame) => {
              if (sides.after === NOW && row !== undefined) onDecided(row, path, isSame)
            }}
          />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="metadata">
        <MetadataDifference place={place} sides={sides} path={path} columns={columns} />
      </Tabs.Panel>
    </Tabs>
  )
}
