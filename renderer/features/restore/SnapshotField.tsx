import { t } from '@lingui/core/macro'
import { type ComboboxItem, type ComboboxItemGroup, Loader, Select } from '@mantine/core'
import { type ReactElement, useMemo, useState } from 'react'
import type { Snapshot } from '../../../contract/shapes/snapshot.ts'
import { formatMoment } from '../../components/format.ts'
import type { Snapshots } from '../hosts/index.ts'
import { readMoment, snapshotAt } from './typed-moment.ts'

export interface SnapshotFieldProps {
  readonly snapshots: Snapshots
  readonly disabled: boolean
  /** The one that is chosen; null where none is, or it is not there. */
  readonly snapshotId: string | null
  /** The machine whose snapshots a typed moment is looked for among, where it has some. */
  readonly hostname: string | null
  onChoose(snapshotId: string): void
}

/** How many snapshots the list offers at once; typing narrows it. */
const OFFERED = 60

/** A snapshot by its time, machine, tag or id; or by a moment, and then the newest at or before that. */
export function SnapshotField(props: SnapshotFieldProps): ReactElement {
  const { snapshots, disabled, snapshotId, hostname, onChoose } = props
  const [text, setText] = useState('')
  const [meant, setMeant] = useState<{ id: string; words: string } | null>(null)
  const rows = snapshots.rows ?? NONE
  const options = useMemo(() => rows.map(optionOf), [rows])
  const moment = useMemo(() => momentOf(rows, hostname, text), [rows, hostname, text])
  const found = moment?.snapshot ?? null
  const type = (typed: string): void => {
    setText(typed)
    const now = momentOf(rows, hostname, typed)
    // Kept when the text becomes the label of what was chosen: it says how that came to be chosen.
    if (now !== null && now.snapshot !== null)
      setMeant({ id: now.snapshot.id, words: meantWords(typed.trim(), now.at) })
  }
  const choose = (id: string | null): void => {
    if (id !== null) onChoose(id)
  }
  return (
    <Select
      label={t`Snapshot`}
      flex={1}
      miw={240}
      searchable
      selectFirstOptionOnChange
      data={
        found === null || moment === null
          ? options
          : [
              { group: t`The newest at or before ${{ moment: moment.at }}`, items: [optionOf(found)] },
              { group: t`Other snapshots`, items: options.filter(({ value }) => value !== found.id) },
            ]
      }
      filter={({ options: all, search }) => narrowed(all, search, found?.id ?? null)}
      value={snapshotId}
      onChange={choose}
      onSearchChange={type}
      placeholder={snapshots.loading ? t`Reading the snapshots…` : t`Choose one, or type “yesterday 14:00”`}
      nothingFoundMessage={
        moment === null ? t`No snapshot like that` : t`No snapshot is as old as ${{ moment: moment.at }}`
      }
      description={
        meant !== null && meant.id === snapshotId
          ? meant.words
          : t`A time, a tag, or a moment: “yesterday 14:00”, “3 days ago”, “2026-09-20”`
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      disabled={disabled || snapshots.rows === undefined}
      allowDeselect={false}
      // Within the page's own landmark, or what is offered would stand in none.
      comboboxProps={{ portalProps: { target: 'main' } }}
      rightSection={snapshots.loading && <Loader size={12} />}
    />
  )
}

const NONE: readonly Snapshot[] = []

interface TypedMoment {
  /** As the console writes it. */
  readonly at: string
  /** Null where all are younger. */
  readonly snapshot: Snapshot | null
}

function meantWords(typed: string, moment: string): string {
  return t`“${typed}”: the newest at or before ${moment}.`
}

/** Null where what was typed is no moment, or just the label of what is chosen. */
function momentOf(rows: readonly Snapshot[], hostname: string | null, text: string): TypedMoment | null {
  const moment = readMoment(text, new Date())
  if (moment === null) return null
  const ofMachine = rows.filter((snapshot) => snapshot.hostname === hostname)
  const snapshot = snapshotAt(ofMachine.length > 0 ? ofMachine : rows, moment)
  return { at: formatMoment(moment), snapshot }
}

function optionOf({ id, time, hostname, tags }: Snapshot): ComboboxItem {
  const parts = [formatMoment(new Date(time)), hostname, ...(tags.length > 0 ? [tags.join(', ')] : []), id.slice(0, 8)]
  return { value: id, label: parts.join(' · ') }
}

type Offered = ComboboxItem | ComboboxItemGroup<ComboboxItem>

/** What contains the text, and above that what a typed moment means; at most as many as are useful at once. */
function narrowed(all: readonly Offered[], search: string, found: string | null): Offered[] {
  const wanted = search.trim().toLowerCase()
  const fits = ({ value, label }: ComboboxItem): boolean => value === found || label.toLowerCase().includes(wanted)
  return all
    .flatMap((each): Offered[] => {
      if (!('group' in each)) return fits(each) ? [each] : []
      const items = each.items.filter((item) => typeof item !== 'string' && fits(item)).slice(0, OFFERED)
      return items.length > 0 ? [{ ...each, items }] : []
    })
    .slice(0, OFFERED)
}
