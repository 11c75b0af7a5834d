import { useEffect, useRef, useState } from 'react'
import type { RepositoryAccess } from '../../../contract/shapes/repository.ts'
import { useClient } from '../../client/client-context.tsx'
import type { AccessTest } from './tested-access.ts'

export interface AccessTesting {
  readonly test: AccessTest | null
  /** Test these values; a test that is under way ends. */
  begin(access: RepositoryAccess): void
  stop(): void
}

/** Tries to open a repository on a host, one test at a time; a test that takes long can be stopped. */
export function useAccessTest(hostId: string): AccessTesting {
  const client = useClient()
  const [test, setTest] = useState<AccessTest | null>(null)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const begin = (access: RepositoryAccess): void => {
    running.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    running.current = controller
    setTest({ state: 'running', access })
    const end = (ended: AccessTest): void => {
      if (!signal.aborted) setTest(ended)
    }
    client.repositories.test({ hostId, ...access }, { signal }).then(
      (probe) => end({ state: 'passed', access, probe }),
      (error: unknown) => end({ state: 'failed', access, error }),
    )
  }
  const stop = (): void => {
    running.current?.abort()
    setTest(null)
  }
  return { test, begin, stop }
}
