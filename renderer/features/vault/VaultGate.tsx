import { Center, Paper } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import type { SecretStoreStatus } from '../../../contract/console/secrets.ts'
import { useClient } from '../../client/client-context.tsx'
import { describeError } from '../../client/describe-fault.ts'
import { reasonWords } from '../../client/reason-words.ts'
import { useStream } from '../../client/use-stream.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { ChoosePassphrase } from './ChoosePassphrase.tsx'
import { KeychainLocked } from './KeychainLocked.tsx'
import { UnlockSecrets } from './UnlockSecrets.tsx'

/** Shows what is below it once the console's secrets can be used; until then, the way to open them. */
export function VaultGate({ children }: { readonly children: ReactNode }): ReactElement {
  const client = useClient()
  const secrets = useStream<SecretStoreStatus | null, SecretStoreStatus>({
    key: 'secrets',
    initial: null,
    open: (signal) => client.secrets.watch(undefined, { signal }),
    reduce: (status, news) => news.at(-1) ?? status,
  })
  if (secrets.state === 'failed')
    return (
      <FullPage>
        <ErrorState description={describeError(secrets.error)} onRetry={secrets.again} />
      </FullPage>
    )
  switch (secrets.value?.state) {
    case undefined:
      return <></>
    case 'ready':
      return <>{children}</>
    case 'absent':
      return (
        <FullPage>
          <ChoosePassphrase reason={reasonWords(secrets.value)} />
        </FullPage>
      )
    case 'locked':
      return (
        <FullPage>
          {secrets.value.store === 'keychain' ? (
            <KeychainLocked reason={reasonWords(secrets.value)} />
          ) : (
            <UnlockSecrets />
          )}
        </FullPage>
      )
  }
}

function FullPage({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <Center mih="80vh" p="md">
      <Paper w="100%" maw={460} p="xl">
        {children}
      </Paper>
    </Center>
  )
}
