import { t } from '@lingui/core/macro'
import { ActionIcon, Select, Text, Tooltip } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { memo, type ReactElement } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { useHost } from '../../client/hosts-context.tsx'
import { formatMoment } from '../../components/format.ts'
import { useMasks } from '../../components/masks.ts'
import type { RepositoryKey } from '../basket/index.ts'
import classes from './Compare.module.css'
import { isAlike, NOW, type Sides } from './sides.ts'
import { useGoToSides } from './use-go-to-sides.ts'

export interface SidesBarProps {
  readonly place: RepositoryKey
  readonly sides: Sides
  readonly snapshots: readonly Snapshot[]
}

/** As many as a person looks through; the others are found by typing. */
const OFFERED = 200

/** Which two are compared: each can be chosen, and they can change places. Not drawn again for what the tree comes to. */
export const SidesBar = memo(function SidesBar({ place, sides, snapshots }: SidesBarProps): ReactElement {
  const host = useHost(place.hostId)
  const go = useGoToSides(place)
  const masks = useMasks()
  const { before, after } = sides
  const isNow = after === NOW
  const name = masks.host(host?.agent?.hostname ?? '')
  const now = { value: NOW, label: name === '' ? t`The host now` : t`${name} now` }
  const choices = (other: Snapshot) => {
    const label = (one: Snapshot) => ({ value: one.id, label: labelOf(one) })
    return [
      { group: t`Of the same paths`, items: snapshots.filter((one) => isAlike(one, other)).map(label) },
      { group: t`Others`, items: snapshots.filter((one) => !isAlike(one, other)).map(label) },
    ].filter(({ items }) => items.length > 0)
  }
  const shared = {
    searchable: true,
    allowDeselect: false,
    limit: OFFERED,
    size: 'xs',
    className: classes['side'] ?? '',
  } as const
  return (
    <div className={classes['sides']}>
      <Select
        {...shared}
        aria-label={t`Earlier side`}
        value={before.id}
        data={choices(isNow ? before : after)}
        onChange={(id) => id !== null && go({ from: id, to: isNow ? NOW : after.id })}
      />
      <Tooltip label={isNow ? t`The host now is always the later side` : t`Swap the sides (Alt+X)`}>
        <ActionIcon
          variant="default"
          aria-label={t`Swap the sides`}
          {...(isNow
            ? { 'data-disabled': true, 'aria-disabled': true }
            : { onClick: () => go({ from: after.id, to: before.id }) })}
        >
          <IconArrowsExchange size={15} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Select
        {...shared}
        aria-label={t`Later side`}
        value={isNow ? NOW : after.id}
        data={[{ group: t`This host`, items: [now] }, ...choices(before)]}
        onChange={(id) => id !== null && go({ from: before.id, to: id })}
      />
      <SidesNote sides={sides} hostname={host?.agent?.hostname ?? null} />
    </div>
  )
})

/** What is odd about comparing these two. */
function SidesNote({
  sides,
  hostname,
}: {
  readonly sides: Sides
  readonly hostname: string | null
}): ReactElement | null {
  const { before, after } = sides
  const note = noteOn(before, after, hostname)
  return note === null ? null : (
    <Text span size="xs" c="var(--state-partial)">
      {note}
    </Text>
  )
}

function noteOn(before: Snapshot, after: Sides['after'], hostname: string | null): string | null {
  if (after === NOW)
    return hostname !== null && hostname !== before.hostname ? t`The snapshot is of ${before.hostname}` : null
  if (after.id === before.id) return t`Both sides are the same snapshot`
  if (before.hostname !== after.hostname) return t`They are of different machines`
  if (!isAlike(before, after)) return t`They were made of different paths`
  return Date.parse(before.time) > Date.parse(after.time) ? t`The earlier side is the newer one` : null
}

function labelOf({ time, id, hostname }: Snapshot): string {
  return `${formatMoment(new Date(time))} · ${hostname} · ${id.slice(0, 8)}`
}
