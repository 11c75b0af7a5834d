import { Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { HostView } from '../../../contract/shapes/host.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FileName } from '../../components/FileName.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { concernsTarget, problemWithFolder, type RestoreChoice } from './restore-choice.ts'
import type { PlannedRestore } from './use-restore-plan.ts'

type Place = Pick<RestoreChoice, 'target' | 'folder'>

export interface WhereSectionProps {
  readonly host: HostView
  readonly disabled: boolean
  readonly place: Place
  readonly planned: PlannedRestore
  /** A target is chosen, so that what the plan says of it is of this one. */
  readonly complete: boolean
  onChange(place: Place): void
}

/** Into which folder. The original places are shown, and why they cannot be chosen yet. */
export function WhereSection({ host, disabled, place, planned, complete, onChange }: WhereSectionProps): ReactElement {
  const fresh = `${host.agent?.stagingRoot ?? ''}/<run-id>`
  return (
    <Section title="Where" number={2} disabled={disabled}>
      <Radio.Group
        aria-label="Target"
        value={place.target}
        onChange={(value) => onChange({ ...place, target: value === 'path' ? 'path' : 'staging' })}
      >
        <Stack gap="sm">
          <Radio
            size="sm"
            value="staging"
            label="A fresh folder"
            description={
              <>
                Made for this run: <FileName name={fresh} />
              </>
            }
          />
          <Radio
            size="sm"
            value="path"
            label={host.local ? 'A folder of this computer' : `A folder on ${host.name}`}
            description="Empty, or made for this run if it does not exist."
          />
          {place.target === 'path' && (
            <FolderInput host={host} folder={place.folder} onChange={(folder) => onChange({ ...place, folder })} />
          )}
          {complete && concernsTarget(planned.error) && (
            <ErrorState description={describeError(planned.error)} onRetry={planned.again} />
          )}
          <Radio
            size="sm"
            value="in-place"
            disabled
            label="In place"
            description="Over the original files, with owners and modes. It comes with a plan and a confirmation of its own in a later version."
          />
        </Stack>
      </Radio.Group>
    </Section>
  )
}

interface FolderInputProps {
  readonly host: HostView
  readonly folder: string
  onChange(folder: string): void
}

function FolderInput({ host, folder, onChange }: FolderInputProps): ReactElement {
  const client = useClient()
  const [left, setLeft] = useState(false)
  const system = useQuery({ queryKey: ['system'], queryFn: ({ signal }) => client.system.info(undefined, { signal }) })
  const pick = useMutation({
    mutationFn: () => client.system.pickFolder(),
    onSuccess: ({ path }) => path !== null && onChange(path),
  })
  return (
    <Group gap="xs" align="flex-start" pl={28}>
      <TextInput
        flex={1}
        maw={460}
        aria-label="Folder"
        placeholder="/srv/restored"
        value={folder}
        error={left && problemWithFolder(folder)}
        onChange={(event) => {
          setLeft(false)
          onChange(event.currentTarget.value)
        }}
        onBlur={() => setLeft(true)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontVariantLigatures: 'none' } }}
        spellCheck={false}
      />
      {host.local && system.data?.capabilities.pickFolder === true && (
        <Button variant="default" loading={pick.isPending} onClick={() => pick.mutate()}>
          Choose…
        </Button>
      )}
      {pick.isError && <Text c="red">{describeError(pick.error).title}</Text>}
    </Group>
  )
}
