import { plural, t } from '@lingui/core/macro'
import { Combobox, Tooltip, UnstyledButton, useCombobox } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ComponentProps, type ReactElement, useEffect, useState } from 'react'
import type { Workspace, WorkspaceView } from '../../../contract/shapes/workspace.ts'
import { useWorkspaces } from '../../client/workspaces-context.tsx'
import { KeyHint } from '../../components/KeyHint.tsx'
import { useBoundKeys, useKeys } from '../../components/keys.tsx'
import { returnFocus } from '../../components/return-focus.ts'
import { ColorMark } from './ColorMark.tsx'
import classes from './Workspaces.module.css'

const KEYS = 'alt+W'

/** Which workspace this window works in, and the way to another: two keys, some letters of its name, Enter. */
export function WorkspaceSwitcher(): ReactElement {
  const { current, all = [], switchTo } = useWorkspaces()
  const [text, setText] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      setText('')
      combobox.resetSelectedOption()
      returnFocus(combobox)
    },
  })
  const run = (): void => combobox.toggleDropdown()
  useKeys([{ keys: KEYS, does: 'switch workspace', label: t`switch workspace`, global: 'quiet', run }])
  const found = all.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const { selectFirstOption } = combobox
  useEffect(() => {
    if (text !== '') selectFirstOption()
  }, [text, selectFirstOption])
  const choose = (id: string): void => {
    combobox.closeDropdown()
    if (id !== current?.id) switchTo(id)
  }
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-start"
      shadow="md"
      withinPortal={false}
      onOptionSubmit={choose}
    >
      <Combobox.Target targetType="button">
        <Tooltip label={<Hint />} disabled={combobox.dropdownOpened}>
          <Here current={current} onClick={() => combobox.toggleDropdown()} />
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          size="xs"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          aria-label={t`Filter workspaces`}
          placeholder={t`Switch to`}
        />
        <Combobox.Options aria-label={t`Workspaces`} mah={320} className={classes['options'] ?? ''}>
          {found.map((workspace) => (
            <Option key={workspace.id} workspace={workspace} current={workspace.id === current?.id} />
          ))}
          {found.length === 0 && <Combobox.Empty>{t`No workspace has this name`}</Combobox.Empty>}
        </Combobox.Options>
        <Footer onLeave={() => combobox.closeDropdown()} />
      </Combobox.Dropdown>
    </Combobox>
  )
}

interface HereProps extends ComponentProps<'button'> {
  /** Undefined until it is known. */
  readonly current: Workspace | undefined
}

/** Names the workspace; takes what the combobox and the tooltip give it. */
function Here({ current, ...button }: HereProps): ReactElement {
  const name = current?.name ?? ''
  return (
    <UnstyledButton {...button} className={classes['switch'] ?? ''} aria-label={t`Workspace ${name}`}>
      {current !== undefined && <ColorMark color={current.color} />}
      <span className={classes['name']}>{current?.name ?? '\u00a0'}</span>
      <IconSelector size={14} stroke={1.75} aria-hidden="true" />
    </UnstyledButton>
  )
}

function Footer({ onLeave }: { readonly onLeave: () => void }): ReactElement {
  return (
    <Combobox.Footer>
      <Link to="/workspaces" className={classes['all'] ?? ''} onClick={onLeave}>{t`All workspaces…`}</Link>
    </Combobox.Footer>
  )
}

function Hint(): ReactElement {
  return (
    <>
      {t`Switch to another workspace`} <KeyHint keys={useBoundKeys(KEYS, 'switch workspace')} />
    </>
  )
}

interface OptionProps {
  readonly workspace: WorkspaceView
  /** The one that this window works in. */
  readonly current: boolean
}

function Option({ workspace: { id, name, color, hosts }, current }: OptionProps): ReactElement {
  return (
    <Combobox.Option value={id} active={current}>
      <span className={classes['option']}>
        <ColorMark color={color} />
        <span className={classes['name']}>{name}</span>
        <span className={classes['count']}>{plural(hosts, { one: '# host', other: '# hosts' })}</span>
        {current ? (
          <IconCheck size={14} aria-label={t`This window works here`} />
        ) : (
          <span className={classes['room']} />
        )}
      </span>
    </Combobox.Option>
  )
}
