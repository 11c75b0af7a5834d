import { t } from '@lingui/core/macro'
import { Autocomplete, Group, Select } from '@mantine/core'
import type { ReactElement } from 'react'
import { consumerTitle } from '../replica-words.ts'
import type { Known } from '../use-replicas.ts'
import type { Draft } from './draft.ts'
import { forConsumer, inGroup, onPlane, type ReadDraft } from './use-draft.ts'

export interface FieldsProps {
  readonly known: Known
  readonly read: ReadDraft
  /** It exists already: plane and group cannot be changed any more. */
  readonly isEdit: boolean
  onChange(draft: Draft): void
}

const ALL = 'all'
const LONG = { searchable: true, limit: 200, allowDeselect: false, openOnFocus: false } as const

/** By whom, and of what: consumer, group, machine and type. */
export function ScopeFields({ known, read, isEdit, onChange }: FieldsProps): ReactElement {
  const { draft, groups } = read
  const planes = known.planes.filter(({ id, connection }) => connection.state === 'connected' || id === draft.planeId)
  const consumers = known.consumers.filter(({ planeId }) => planeId === draft.planeId)
  return (
    <>
      {(planes.length > 1 || isEdit) && (
        <Select
          label={t`Control plane`}
          disabled={isEdit}
          allowDeselect={false}
          data={planes.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.planeId}
          onChange={(planeId) => planeId !== null && onChange(onPlane(draft, planeId, known))}
        />
      )}
      <Group grow gap="sm" align="flex-start">
        <Select
          label={t`Consumer`}
          placeholder={consumers.length === 0 ? t`none is enrolled` : t`Who restores it`}
          {...LONG}
          data={consumers.map(({ id, name, silent }) => ({
            value: id,
            label: silent === true ? silentTitle(consumerTitle(name, id)) : consumerTitle(name, id),
          }))}
          value={draft.consumerId}
          onChange={(consumerId) => consumerId !== null && onChange(forConsumer(draft, consumerId, known))}
          data-autofocus
        />
        <Select
          label={t`Group`}
          placeholder={groups.length === 0 ? t`none is known` : t`Whose backups`}
          {...LONG}
          disabled={isEdit}
          data={groups.map(({ id, name, status }) => ({
            value: id,
            label: status === 'provisioning' ? t`${name} (not ready)` : name,
          }))}
          value={draft.groupId}
          onChange={(id) => {
            const chosen = groups.find((each) => each.id === id)
            if (chosen !== undefined) onChange(inGroup(draft, chosen))
          }}
        />
      </Group>
      <MachineAndType read={read} onChange={onChange} />
    </>
  )
}

function silentTitle(consumer: string): string {
  return t`${consumer} (silent)`
}

function MachineAndType({ read: { draft, group }, onChange }: Pick<FieldsProps, 'read' | 'onChange'>): ReactElement {
  const groupName = group?.name
  return (
    <Group grow gap="sm" align="flex-start">
      <Select
        label={t`Machine`}
        {...LONG}
        data={[
          { value: ALL, label: groupName === undefined ? t`All machines` : t`All machines of ${groupName}` },
          ...(group?.machines ?? []).map(({ id, name, archived }) => ({
            value: id,
            label: archived ? t`${name} (gone)` : name,
          })),
        ]}
        value={draft.machineId ?? ALL}
        onChange={(id) => onChange({ ...draft, machineId: id === ALL ? null : id })}
      />
      <Autocomplete
        size="xs"
        label={t`Type`}
        placeholder={t`Of which type the backups are`}
        data={[...(group?.types ?? [])]}
        value={draft.type}
        onChange={(type) => onChange({ ...draft, type })}
      />
    </Group>
  )
}
