import { Combobox } from '@mantine/core'
import {
  IconArchive,
  IconArrowsExchange,
  IconBolt,
  IconCamera,
  IconClock,
  IconFileSearch,
  IconLayoutSidebar,
  IconPlayerPlay,
  IconRobot,
  IconServer2,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react'
import { memo, type ReactElement } from 'react'
import { KeyHint } from '../../components/KeyHint.tsx'
import classes from './Palette.module.css'
import type { Entry, Group } from './rank.ts'

const ICONS: Readonly<Record<Group, TablerIcon>> = {
  Recent: IconClock,
  Snapshots: IconCamera,
  'On this page': IconBolt,
  Hosts: IconServer2,
  Repositories: IconArchive,
  Runs: IconPlayerPlay,
  Replicas: IconArrowsExchange,
  Consumers: IconRobot,
  Pages: IconLayoutSidebar,
  Settings: IconSettings,
  Search: IconFileSearch,
}

export const PaletteOption = memo(function PaletteOption({ entry }: { readonly entry: Entry }): ReactElement {
  const { key, group, label, detail, keys } = entry
  const Icon = ICONS[group]
  return (
    <Combobox.Option value={key} className={classes['option'] ?? ''}>
      <Icon size={15} stroke={1.6} aria-hidden="true" />
      <span className={classes['label']}>{label}</span>
      <span className={classes['detail']}>{detail}</span>
      {keys !== undefined && (
        <span className={classes['keys']}>
          <KeyHint keys={keys} />
        </span>
      )}
    </Combobox.Option>
  )
})
