import { t } from '@lingui/core/macro'
import { Button, Menu, Modal, Stack, TextInput } from '@mantine/core'
import { IconBookmark, IconChevronDown, IconPencil, IconTrash } from '@tabler/icons-react'
import { type ReactElement, useState } from 'react'
import type { SavedView } from '../../../contract/shapes/saved-view.ts'
import { useKeys } from '../../components/keys.tsx'
import { BUILT_IN_VIEWS, type NamedFilters } from './built-in-views.ts'
import { narrowFilters, type RestoreFilters, readFilters, sameFilters, writeFilters } from './restore-filters.ts'
import { useSavedViews } from './use-saved-views.ts'

export interface SavedViewsMenuProps {
  readonly filters: RestoreFilters
  onChoose(filters: RestoreFilters): void
}

/** Filters by name: some that are there, and those that people keep. The key `v` leads to them. */
export function SavedViewsMenu({ filters, onChoose }: SavedViewsMenuProps): ReactElement {
  const { views, isWriting, put, remove } = useSavedViews()
  const [opened, setOpened] = useState(false)
  const [naming, setNaming] = useState<SavedView | null>(null)
  useKeys([{ keys: 'v', does: 'views', label: t`views`, run: () => setOpened(true) }])
  const own = views.map((view) => ({ view, name: view.name, filters: readFilters(narrowFilters(view.filters)) }))
  const current = [...own, ...BUILT_IN_VIEWS].find((named) => sameFilters(named.filters, filters))
  const chosen = own.find((named) => named === current)?.view ?? null
  const saveNew = (): void =>
    setNaming({ id: crypto.randomUUID(), name: '', filters: { ...writeFilters(filters) } as Record<string, string> })
  return (
    <>
      <Menu opened={opened} onChange={setOpened} position="bottom-start" width={250} portalProps={{ target: 'main' }}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={14} stroke={1.75} aria-hidden="true" />}
            rightSection={<IconChevronDown size={13} aria-hidden="true" />}
            maw={240}
          >
            {current?.name ?? t`Views`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Offered views={BUILT_IN_VIEWS} current={current} onChoose={onChoose} />
          {own.length > 0 && <Menu.Divider role="separator" />}
          <Offered views={own} current={current} onChoose={onChoose} />
          <Changes
            chosen={chosen}
            onSave={current === undefined ? saveNew : null}
            onName={setNaming}
            onRemove={remove}
          />
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={naming !== null}
        onClose={() => setNaming(null)}
        title={views.some(({ id }) => id === naming?.id) ? t`Rename the view` : t`Save the filters as a view`}
        size={380}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {naming !== null && (
          <NameForm
            key={naming.id}
            name={naming.name}
            isWriting={isWriting}
            onName={async (name) => {
              if (await put({ ...naming, name })) setNaming(null)
            }}
          />
        )}
      </Modal>
    </>
  )
}

interface ChangesProps {
  /** The one of people's own that is chosen; null where none is. */
  readonly chosen: SavedView | null
  /** Null where the filters have a name already. */
  readonly onSave: (() => void) | null
  onName(view: SavedView): void
  onRemove(id: string): void
}

/** What can be done with the view that is chosen, or with filters that have no name yet. */
function Changes({ chosen, onSave, onName, onRemove }: ChangesProps): ReactElement {
  return (
    <>
      {(onSave !== null || chosen !== null) && <Menu.Divider role="separator" />}
      {onSave !== null && <Menu.Item onClick={onSave}>{t`Save these filters as a view…`}</Menu.Item>}
      {chosen !== null && (
        <>
          <Menu.Item
            leftSection={<IconPencil size={14} aria-hidden="true" />}
            onClick={() => onName(chosen)}
          >{t`Rename “${chosen.name}”…`}</Menu.Item>
          <Menu.Item
            c="var(--state-failed)"
            leftSection={<IconTrash size={14} aria-hidden="true" />}
            onClick={() => onRemove(chosen.id)}
          >{t`Delete “${chosen.name}”`}</Menu.Item>
        </>
      )}
    </>
  )
}

interface OfferedProps {
  readonly views: readonly NamedFilters[]
  readonly current: NamedFilters | undefined
  onChoose(filters: RestoreFilters): void
}

function Offered({ views, current, onChoose }: OfferedProps): ReactElement {
  return (
    <>
      {views.map((view) => (
        <Menu.Item
          key={view.name}
          aria-current={view === current || undefined}
          fw={view === current ? 600 : undefined}
          onClick={() => onChoose(view.filters)}
        >
          {view.name}
        </Menu.Item>
      ))}
    </>
  )
}

interface NameFormProps {
  readonly name: string
  readonly isWriting: boolean
  onName(name: string): unknown
}

function NameForm({ name, isWriting, onName }: NameFormProps): ReactElement {
  const [typed, setTyped] = useState(name)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') onName(typed.trim())
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t`Name`}
          description={t`Everybody who uses this workspace in this console sees it.`}
          data-autofocus
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" loading={isWriting} disabled={typed.trim() === ''} ml="auto">{t`Save`}</Button>
      </Stack>
    </form>
  )
}
