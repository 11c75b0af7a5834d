import { plural, t } from '@lingui/core/macro'
import { Button, CloseButton, Group, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { showFileName } from '../../../contract/shapes/file-name.ts'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { ButtonLink } from '../../components/ButtonLink.tsx'
import { FileName } from '../../components/FileName.tsx'
import { formatBytes, formatCount, formatMoment } from '../../components/format.ts'
import { useMasks } from '../../components/masks.ts'
import { type Basket, type BasketItem, type BasketSource, type Clash, itemsOf } from '../basket/index.ts'
import classes from './Restore.module.css'
import { isWhole } from './restore-choice.ts'

export interface SourcesProps {
  readonly hostId: string
  /** The name that the host's own agent says; null while that is not known. */
  readonly hostname: string | null
  readonly repositoryId: string
  readonly sources: readonly BasketSource[]
  readonly clashes: readonly Clash[]
  readonly basket: Basket
  snapshotOf(id: string): Snapshot | undefined
}

/** Paths that are named; of more it is said how many. */
const SHOWN = 12

/** What is to be restored, by snapshot, the newest first; each path can be taken out. */
export function Sources({ sources, snapshotOf, ...shared }: SourcesProps): ReactElement {
  const timeOf = (id: string): string => snapshotOf(id)?.time ?? ''
  const sorted = sources.toSorted((a, b) => Date.parse(timeOf(b.snapshotId)) - Date.parse(timeOf(a.snapshotId)))
  return (
    <div>
      {sorted.map((source) => (
        <Source key={source.snapshotId} source={source} snapshot={snapshotOf(source.snapshotId)} {...shared} />
      ))}
    </div>
  )
}

interface SourceProps extends Omit<SourcesProps, 'sources' | 'snapshotOf'> {
  readonly source: BasketSource
  /** Undefined while the snapshots are read, or where it is gone. */
  readonly snapshot: Snapshot | undefined
}

function Source({ hostId, hostname, repositoryId, source, snapshot, clashes, basket }: SourceProps): ReactElement {
  const { snapshotId } = source
  const items = itemsOf(source)
  const name = snapshotWords(snapshotId, snapshot)
  const clashing = (path: string): boolean =>
    clashes.some(({ one, other }) => [one, other].some((met) => met.snapshotId === snapshotId && met.path === path))
  return (
    <section className={classes['source']} aria-label={t`From ${name}`}>
      <div className={classes['sourceHead']}>
        <Text fw={600}>{name}</Text>
        {snapshot !== undefined && <Whose snapshot={snapshot} hostname={hostname} />}
        <Text c="dimmed">{amountOf(source)}</Text>
        <Group gap={4} ml="auto">
          <ButtonLink
            to="/hosts/$hostId/repositories/$repositoryId/snapshots/$snapshotId"
            params={{ hostId, repositoryId, snapshotId }}
            variant="default"
            size="compact-xs"
          >{t`Change…`}</ButtonLink>
          <Button variant="subtle" size="compact-xs" onClick={() => basket.dropSnapshot(snapshotId)}>
            {isWhole(source.selection) ? t`Only a part of it…` : t`Take all out`}
          </Button>
        </Group>
      </div>
      {isWhole(source.selection) ? (
        <Text size="sm">{t`the whole snapshot`}</Text>
      ) : (
        <ul className={classes['items']}>
          {items.slice(0, SHOWN).map((item) => (
            <Item
              key={item.path}
              item={item}
              isClashing={clashing(item.path)}
              onDrop={() => basket.drop(snapshotId, item.path)}
            />
          ))}
          {items.length > SHOWN && (
            <li>
              <Text c="dimmed">{t`+${{ count: formatCount(items.length - SHOWN) }} more`}</Text>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

interface WhoseProps {
  readonly snapshot: Snapshot
  readonly hostname: string | null
}

/** Of which machine a snapshot is, told loudly where that is not the one that it would be restored to. */
function Whose({ snapshot, hostname }: WhoseProps): ReactElement {
  const isOther = hostname !== null && snapshot.hostname !== hostname
  const masks = useMasks()
  return (
    <>
      {isOther && (
        <Text
          fw={600}
          c="var(--state-partial)"
        >{t`of ${{ machine: masks.host(snapshot.hostname) }}, another machine than ${{ host: masks.host(hostname) }}`}</Text>
      )}
      <Text c="dimmed">{[...(isOther ? [] : [masks.host(snapshot.hostname)]), ...snapshot.tags].join(' · ')}</Text>
    </>
  )
}

interface ItemProps {
  readonly item: BasketItem
  readonly isClashing: boolean
  onDrop(): void
}

function Item({ item: { path, without }, isClashing, onDrop }: ItemProps): ReactElement {
  return (
    <li className={classes['item']} data-clash={isClashing || undefined}>
      <FileName name={path} />
      {without > 0 && (
        <Text span size="xs" c="dimmed">{t`without ${plural(without, { one: '# item', other: '# items' })}`}</Text>
      )}
      <CloseButton size="xs" radius="xl" aria-label={t`Take out ${{ path: showFileName(path) }}`} onClick={onDrop} />
    </li>
  )
}

/** `21 Nov 2026, 02:00`. */
export function snapshotWords(id: string, snapshot: Snapshot | undefined): string {
  return snapshot === undefined ? t`snapshot ${{ id: id.slice(0, 8) }}` : formatMoment(new Date(snapshot.time))
}

function amountOf({ bytes, exact, selection }: BasketSource): string {
  const items = isWhole(selection) ? [] : [plural(selection.include.length, { one: '# item', other: '# items' })]
  if (exact) return [...items, formatBytes(bytes)].join(' · ')
  return [...items, ...(bytes > 0 ? [t`at least ${{ bytes: formatBytes(bytes) }}`] : [])].join(' · ')
}
