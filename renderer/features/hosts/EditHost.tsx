import { t } from '@lingui/core/macro'
import { Button, Group, Stack, TagsInput, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useHostChange } from './use-host-change.ts'

const MOST_LABELS = 20
const LONGEST_LABEL = 40

export interface EditHostProps {
  readonly host: HostView
  onDone(): void
}

/** What a host is called in this console, and what it is sorted by. */
export function EditHost({ host, onDone }: EditHostProps): ReactElement {
  const change = useHostChange()
  const [name, setName] = useState(host.name)
  const [labels, setLabels] = useState<readonly string[]>(host.labels)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    change.mutate({ hostId: host.id, name: name.trim(), labels: [...labels] }, { onSuccess: onDone })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t`Name`}
          description={host.agent === null ? undefined : t`The host calls itself ${host.agent.hostname}.`}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TagsInput
          label={t`Labels`}
          description={t`Enter or a comma adds one. The list of hosts finds them with “label:”.`}
          size="xs"
          maxTags={MOST_LABELS}
          maxLength={LONGEST_LABEL}
          value={[...labels]}
          onChange={(next) => setLabels(next.map((label) => label.trim()).filter((label) => label !== ''))}
          acceptValueOnBlur
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={name.trim() === ''} loading={change.isPending}>{t`Save`}</Button>
        </Group>
      </Stack>
    </form>
  )
}
