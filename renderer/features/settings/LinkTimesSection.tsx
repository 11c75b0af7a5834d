import { t } from '@lingui/core/macro'
import { Button, Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { type LinkTimes, linkTimesSchema } from '../../../contract/shapes/link-times.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { linkTimesWords, PRESETS, presetOf } from './link-presets.ts'

const KEY = ['link-times']
const OWN = 'own'

/** How long this console waits for the agents of its hosts. */
export function LinkTimesSection(): ReactElement {
  return (
    <Section title={t`Links to hosts`}>
      <Times />
    </Section>
  )
}

function Times(): ReactElement {
  const client = useClient()
  const queries = useQueryClient()
  const [isOwn, setOwn] = useState(false)
  const kept = useQuery({ queryKey: KEY, queryFn: ({ signal }) => client.hosts.linkTimes(undefined, { signal }) })
  const save = useMutation({
    mutationFn: (times: LinkTimes) => client.hosts.changeLinkTimes(times),
    onSuccess: (times) => queries.setQueryData(KEY, times),
  })
  const error = kept.error ?? save.error
  if (error !== null)
    return (
      <ErrorState
        description={describeError(error)}
        onRetry={() => {
          save.reset()
          void kept.refetch()
        }}
      />
    )
  if (kept.data === undefined) return <LoadingRows label={t`Loading the waiting times`} rows={2} columns="1fr" />
  const times = save.isPending ? save.variables : kept.data
  const chosen = isOwn ? OWN : (presetOf(times) ?? OWN)
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">{t`How long the console waits before it says that a host is away. It holds from now on, for every host; a run on a host goes on whatever the line does.`}</Text>
      <SegmentedControl
        aria-label={t`How good the lines are`}
        data={[...PRESETS.map(({ name, label }) => ({ value: name, label })), { value: OWN, label: t`Own` }]}
        value={chosen}
        onChange={(value) => {
          const preset = PRESETS.find(({ name }) => name === value)
          setOwn(preset === undefined)
          if (preset !== undefined) save.mutate(preset.times)
        }}
      />
      <Text>{linkTimesWords(times)}</Text>
      {chosen === OWN && (
        <OwnTimes key={JSON.stringify(kept.data)} times={times} isWriting={save.isPending} onSet={save.mutate} />
      )}
    </Stack>
  )
}

interface OwnTimesProps {
  readonly times: LinkTimes
  readonly isWriting: boolean
  onSet(times: LinkTimes): void
}

const FIELDS: readonly {
  readonly field: keyof LinkTimes
  readonly label: string
  readonly least: number
  readonly most: number
}[] = [
  { field: 'reachWithin', label: t`Give up connecting after`, least: 5, most: 120 },
  { field: 'askAfter', label: t`Ask after`, least: 2, most: 60 },
  { field: 'awayAfter', label: t`Away after`, least: 6, most: 300 },
]

function OwnTimes({ times, isWriting, onSet }: OwnTimesProps): ReactElement {
  const [typed, setTyped] = useState<Readonly<Record<keyof LinkTimes, number | string>>>(times)
  const wanted = linkTimesSchema.safeParse(typed)
  const problems = new Map((wanted.error?.issues ?? []).map(({ path, code }) => [path[0], { code }]))
  const same = wanted.success && FIELDS.every(({ field }) => wanted.data[field] === times[field])
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted.success) onSet(wanted.data)
      }}
    >
      <Group gap="sm" align="flex-start">
        {FIELDS.map(({ field, label, least, most }) => {
          const problem = problems.get(field)
          return (
            <NumberInput
              key={field}
              w={190}
              label={label}
              suffix=" s"
              clampBehavior="none"
              allowDecimal={false}
              allowNegative={false}
              value={typed[field]}
              onChange={(value) => setTyped({ ...typed, [field]: value })}
              error={
                problem &&
                (problem.code === 'custom'
                  ? t`Give a host time to answer: at least twice “Ask after”.`
                  : t`${least} to ${most} seconds.`)
              }
            />
          )
        })}
        <Button
          type="submit"
          variant="default"
          mt="1.2rem"
          loading={isWriting}
          disabled={!wanted.success || same}
        >{t`Set`}</Button>
      </Group>
    </form>
  )
}
