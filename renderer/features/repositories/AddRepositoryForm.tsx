import { t } from '@lingui/core/macro'
import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { BusyNotice } from '../runs/index.ts'
import { AccessFields } from './AccessFields.tsx'
import { problemWithAddress } from './repository-address.ts'
import { TestResult } from './TestResult.tsx'
import { accessOf, allowedBy, currentTest, EMPTY_FORM, type RepositoryForm } from './tested-access.ts'
import { useAccessTest } from './use-access-test.ts'
import { useKeepRepository } from './use-keep-repository.ts'

export interface AddRepositoryFormProps {
  readonly hostId: string
  /** It was kept, and the page that shows it is opening. */
  onDone(): void
}

/** Where a repository is and what opens it. Only what a test opened can be kept; the test writes nothing. */
export function AddRepositoryForm({ hostId, onDone }: AddRepositoryFormProps): ReactElement {
  const [form, setForm] = useState(EMPTY_FORM)
  const testing = useAccessTest(hostId)
  const keep = useKeepRepository(hostId)
  const test = currentTest(testing.test, form)
  const allowed = allowedBy(test)
  const testable = problemWithAddress(form.url) === null && form.password !== ''
  const change = (part: Partial<RepositoryForm>): void => {
    keep.reset()
    setForm((before) => ({ ...before, ...part }))
  }
  const begin = (): void => testing.begin(accessOf(form))
  const keepIt = (initialise: boolean): void => keep.mutate({ form, initialise }, { onSuccess: onDone })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (allowed === 'save') keepIt(false)
    else if (testable && test?.state !== 'running') begin()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <AccessFields form={form} onChange={change} />
        <Group gap="sm">
          {test?.state === 'running' ? (
            <Button variant="default" onClick={testing.stop}>{t`Stop the test`}</Button>
          ) : (
            <Button
              variant={allowed === 'save' ? 'default' : 'filled'}
              disabled={!testable}
              onClick={begin}
            >{t`Test`}</Button>
          )}
          <Button
            type="submit"
            variant={allowed === 'save' ? 'filled' : 'default'}
            disabled={allowed !== 'save'}
            loading={keep.isPending && !keep.variables.initialise}
          >{t`Save`}</Button>
          <TestResult test={test} testable={testable} />
        </Group>
        {test?.state === 'failed' && (
          <ErrorState
            description={describeError(test.error)}
            {...(allowed === 'initialise'
              ? { action: <Initialise pending={keep.isPending} onPress={() => keepIt(true)} /> }
              : {})}
          />
        )}
        {keep.isError && <NotKept hostId={hostId} error={keep.error} />}
      </Stack>
    </form>
  )
}

function Initialise({ pending, onPress }: { readonly pending: boolean; onPress(): void }): ReactElement {
  return <Button loading={pending} onClick={onPress}>{t`Initialise a new repository here`}</Button>
}

function NotKept({ hostId, error }: { readonly hostId: string; readonly error: unknown }): ReactElement {
  return isFault(error, 'host_busy') ? (
    <BusyNotice hostId={hostId} fault={error} />
  ) : (
    <ErrorState description={describeError(error)} />
  )
}
