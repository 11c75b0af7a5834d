import { t } from '@lingui/core/macro'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { isFault } from '../../../contract/errors.ts'
import type { UpdateState } from '../../../contract/shapes/update.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { useStream } from '../../client/use-stream.ts'
import { ConfirmButton } from '../../components/ConfirmButton.tsx'
import { ErrorState } from '../../components/ErrorState.tsx'
import { FactList } from '../../components/FactList.tsx'
import { LoadingRows } from '../../components/LoadingRows.tsx'
import { Section } from '../../components/SectionCard.tsx'
import { Timestamp } from '../../components/Timestamp.tsx'
import { UpdateStep } from './UpdateStep.tsx'
import { feedProblemWords, OBSTACLE_WORDS } from './update-words.ts'

/** New versions of the console: from where, and how far the next one is. Off until somebody names a feed. */
export function UpdatesSection(): ReactElement {
  return (
    <Section id="updates" title={t`Updates`}>
      <Updates />
    </Section>
  )
}

function Updates(): ReactElement {
  const client = useClient()
  const { value, error, again } = useStream<UpdateState | null, UpdateState>({
    key: 'updates',
    initial: null,
    open: (signal) => client.updates.watch(undefined, { signal }),
    reduce: (before, events) => events.at(-1) ?? before,
  })
  if (value === null)
    return error === undefined ? (
      <LoadingRows label={t`Loading the update settings`} rows={2} columns="1fr" />
    ) : (
      <ErrorState description={describeError(error)} onRetry={again} />
    )
  if (value.obstacle !== null) return <Text c="dimmed">{OBSTACLE_WORDS[value.obstacle]}</Text>
  return value.feed === null ? <Off state={value} /> : <On key={value.feed} state={value} feed={value.feed} />
}

/** Asks for something of updates; that somebody said no in the shell's own question is no failure. */
function useUpdate<T>(act: (client: ReturnType<typeof useClient>, given: T) => Promise<unknown>) {
  const client = useClient()
  const asked = useMutation({ mutationFn: (given: T) => act(client, given) })
  return { ...asked, error: isFault(asked.error, 'cancelled') ? null : asked.error }
}

/** What stands in the file that names the feed. */
const FEED_FILE = '{"feed": "https://…"}'

function Off({ state: { misread } }: { readonly state: UpdateState }): ReactElement {
  const [typed, setTyped] = useState('')
  const [wasAsked, setAsked] = useState(false)
  const set = useUpdate((client, feed: string) => client.updates.setFeed({ feed }))
  const address = typed.trim()
  const problem = address === '' ? t`Say from where.` : feedProblemWords(address)
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t`Off: no server is asked for anything. With a feed the console looks once a day, shows what changed, and asks before anything is fetched and again before it is installed.`}</Text>
      {misread !== null && (
        <Text c="var(--state-failed)">{t`${misread} is not understood: write ${FEED_FILE}, or remove it.`}</Text>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(true)
          if (problem === null) set.mutate(address)
        }}
      >
        <Group gap="xs" align="flex-start">
          <TextInput
            flex={1}
            maw={460}
            aria-label={t`Address of the feed`}
            placeholder="https://updates.example/restore-console"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setAsked(false)
              setTyped(event.currentTarget.value)
            }}
            error={wasAsked && problem}
          />
          <Button type="submit" variant="default" loading={set.isPending}>{t`Turn on…`}</Button>
        </Group>
      </form>
      {set.error !== null && <ErrorState description={describeError(set.error)} />}
    </Stack>
  )
}

function On({ state, feed }: { readonly state: UpdateState; readonly feed: string }): ReactElement {
  const { version, lookedAt, step } = state
  const look = useUpdate<void>((client) => client.updates.look())
  const off = useUpdate<void>((client) => client.updates.setFeed({ feed: null }))
  const fetch = useUpdate<void>((client) => client.updates.fetch())
  const install = useUpdate<void>((client) => client.updates.install())
  const error = [look, off, fetch, install].map((one) => one.error).find((one) => one !== null)
  const isUnderWay = step.at === 'looking' || step.at === 'fetching'
  return (
    <Stack gap="sm">
      <FactList
        facts={[
          { term: t`This version`, value: version },
          { term: t`From`, value: feed },
          { term: t`Looked`, value: lookedAt === null ? t`not yet` : <Timestamp time={lookedAt} /> },
        ]}
      />
      <UpdateStep
        step={step}
        isAsked={fetch.isPending || install.isPending}
        onFetch={() => fetch.mutate()}
        onInstall={() => install.mutate()}
      />
      {error !== undefined && <ErrorState description={describeError(error)} />}
      <Group gap="xs">
        <Button
          variant="default"
          loading={look.isPending || step.at === 'looking'}
          disabled={isUnderWay}
          onClick={() => look.mutate()}
        >{t`Look now`}</Button>
        <ConfirmButton
          variant="subtle"
          color="gray"
          question={t`No server is asked for new versions any more, and what was found is forgotten. You can set a feed again at any time.`}
          confirm={t`Turn updates off`}
          keep={t`Leave them on`}
          onConfirm={() => off.mutate()}
        >{t`Turn off…`}</ConfirmButton>
      </Group>
    </Stack>
  )
}
