import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { isFault } from '../../../contract/errors.ts'
import { describeError } from '../../client/describe-fault.ts'
import { ErrorState } from '../../components/ErrorState.tsx'
import { BusyNotice } from '../runs/index.ts'
import { AddressInput } from './AddressInput.tsx'
import { problemWithAddress, schemeOf, suggestName, wordsOf } from './repository-address.ts'
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
  const { credentials } = wordsOf(schemeOf(form.url))
  const change = (part: Partial<RepositoryForm>): void => {
    keep.reset()
    setForm((before) => ({ ...before, ...part }))
  }
  const testable = problemWithAddress(form.url) === null && form.password !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (allowed === 'save') keep.mutate({ form, initialise: false }, { onSuccess: onDone })
    else if (testable && test?.state !== 'running') testing.begin(accessOf(form))
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <AddressInput value={form.url} onChange={change} />
        {credentials !== null && (
          <Group grow align="flex-start" gap="sm">
            <TextInput
              label={credentials.username}
              description="Empty where none is asked for"
              value={form.username}
              onChange={(event) => change({ username: event.currentTarget.value })}
              autoComplete="off"
            />
            <PasswordInput
              label={credentials.password}
              description="Empty where none is asked for"
              value={form.serverPassword}
              onChange={(event) => change({ serverPassword: event.currentTarget.value })}
              autoComplete="off"
            />
          </Group>
        )}
        <PasswordInput
          label="Password of the repository"
          description="What restic encrypts it with; RESTIC_PASSWORD in scripts."
          value={form.password}
          onChange={(event) => change({ password: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          label="Name"
          description="What it is called in the console."
          placeholder={suggestName(form.url) || 'Laptop'}
          value={form.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Group gap="sm">
          {test?.state === 'running' ? (
            <Button variant="default" onClick={testing.stop}>
              Stop the test
            </Button>
          ) : (
            <Button
              variant={allowed === 'save' ? 'default' : 'filled'}
              disabled={!testable}
              onClick={() => testing.begin(accessOf(form))}
            >
              Test
            </Button>
          )}
          <Button
            type="submit"
            variant={allowed === 'save' ? 'filled' : 'default'}
            disabled={allowed !== 'save'}
            loading={keep.isPending && keep.variables.initialise === false}
          >
            Save
          </Button>
          <TestResult test={test} testable={testable} />
        </Group>
        {test?.state === 'failed' && (
          <ErrorState
            description={describeError(test.error)}
            action={
              allowed === 'initialise' && (
                <Button
                  loading={keep.isPending}
                  onClick={() => keep.mutate({ form, initialise: true }, { onSuccess: onDone })}
                >
                  Initialise a new repository here
                </Button>
              )
            }
          />
        )}
        {isFault(keep.error, 'host_busy') ? (
          <BusyNotice hostId={hostId} fault={keep.error} />
        ) : (
          keep.isError && <ErrorState description={describeError(keep.error)} />
        )}
      </Stack>
    </form>
  )
}
