import { Box, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useState } from 'react'
import type { Run } from '../../../contract/shapes/run.ts'
import { useClient } from '../../client/client-context.tsx'
import { useHost } from '../../client/hosts-context.tsx'
import { ElapsedBar } from '../../components/ElapsedBar.tsx'
import { elapsedSeconds, elapsedWords } from './elapsed-words.ts'

export interface RunElapsedProps {
  readonly hostId: string
  readonly run: Run
}

/** How long a run goes on, against what runs of its kind usually take on its host. */
export function RunElapsed({ hostId, run }: RunElapsedProps): ReactElement | null {
  const client = useClient()
  const link = useHost(hostId)?.link
  const elapsed = elapsedSeconds(run, useSeconds(run.state === 'running'), link?.clockAhead)
  const { data: usual = null } = useQuery({
    queryKey: ['usual', hostId, run.id],
    queryFn: ({ signal }) => client.runs.usual({ hostId, runId: run.id }, { signal }),
  })
  if (elapsed === null) return null
  const words = elapsedWords(elapsed, usual)
  return (
    <Box mt={4}>
      {usual === null ? (
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      ) : (
        <ElapsedBar elapsed={elapsed} usual={usual.median} late={usual.ninetieth}>
          {words}
        </ElapsedBar>
      )}
    </Box>
  )
}

/** The time, drawn anew each second while something goes on. */
function useSeconds(goesOn: boolean): Date {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!goesOn) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [goesOn])
  return new Date(now)
}
