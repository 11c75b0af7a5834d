import { t } from '@lingui/core/macro'
import { ActionIcon, Badge, Popover, TagsInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type ReactElement, type Ref, useRef, useState } from 'react'
import type { HostView } from '../../../../contract/shapes/host.ts'
import { useHostChange } from '../use-host-change.ts'
import classes from './Fleet.module.css'
import { useLabelEditing } from './label-editing.tsx'

const MOST_LABELS = 20
const LONGEST_LABEL = 40

/** A host's labels, edited where they stand. */
export function HostLabels({ host }: { readonly host: HostView }): ReactElement {
  const { opened, open, close } = useLabelEditing(host.id)
  const place = useRef<HTMLDivElement>(null)
  const done = (): void => {
    place.current?.closest<HTMLElement>('[role=row]')?.focus({ preventScroll: true })
    close()
  }
  const labels = <Labels ref={place} host={host} onEdit={open} />
  // A fleet has many rows, and at most one of them has a field.
  if (!opened) return labels
  return (
    <Popover opened onDismiss={close} trapFocus withRoles={false} width={300} position="bottom-start">
      <Popover.Target>{labels}</Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t`Labels of ${host.name}`}>
        <LabelsField host={host} onDone={done} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface LabelsProps {
  readonly host: HostView
  onEdit(): void
  readonly ref?: Ref<HTMLDivElement>
}

function Labels({ host, onEdit, ref }: LabelsProps): ReactElement {
  return (
    <div className={classes['labels']} ref={ref}>
      {host.labels.length > 0 && (
        <div title={host.labels.join(', ')}>
          {host.labels.map((label) => (
            <Badge key={label} miw="fit-content">
              {label}
            </Badge>
          ))}
        </div>
      )}
      <ActionIcon
        className={classes['edit'] ?? ''}
        size="xs"
        tabIndex={-1}
        aria-label={t`Labels of ${host.name}`}
        onClick={onEdit}
      >
        <IconPencil size={13} stroke={1.75} />
      </ActionIcon>
    </div>
  )
}

interface LabelsFieldProps {
  readonly host: HostView
  onDone(): void
}

function LabelsField({ host, onDone }: LabelsFieldProps): ReactElement {
  const { mutate: change } = useHostChange()
  const [labels, setLabels] = useState<readonly string[]>(host.labels)
  const [typed, setTyped] = useState('')
  const put = (next: readonly string[]): void => {
    setLabels(next)
    change({ hostId: host.id, labels: [...next] })
  }
  return (
    <TagsInput
      label={t`Labels of ${host.name}`}
      description={t`Enter or a comma adds one; Enter in an empty field finishes.`}
      data-autofocus
      size="xs"
      maxTags={MOST_LABELS}
      maxLength={LONGEST_LABEL}
      value={[...labels]}
      onChange={(next) => put(next.map((label) => label.trim()).filter((label) => label !== ''))}
      searchValue={typed}
      onSearchChange={setTyped}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || (event.key === 'Enter' && typed === '')) onDone()
      }}
    />
  )
}
