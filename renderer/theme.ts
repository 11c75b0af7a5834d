import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  Combobox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  type MantineColorsTuple,
  Menu,
  Modal,
  Notification,
  Paper,
  PasswordInput,
  SegmentedControl,
  Select,
  Table,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { dark, light, type Palette } from './theme-colors.ts'
import { darkWorkspaces, lightWorkspaces } from './workspace-colors.ts'

const teal: MantineColorsTuple = [
  '#e4f1f0',
  '#cfe9e6',
  '#a3d6d1',
  '#6fc3bb',
  '#2bb3a8',
  '#1a9d94',
  '#0d807a',
  '#0a7772',
  '#08625e',
  '#064a47',
]

const night: MantineColorsTuple = [
  dark.ink,
  '#c3c9d3',
  dark.dim,
  '#7d8795',
  '#3a424e',
  dark.line,
  dark.hover,
  dark.panel,
  dark.page,
  '#0c0e12',
]

/** The page itself never scrolls; to lock it all the same would have the styles of everything in it reckoned anew. */
const nothingBehindScrolls = { lockScroll: false } as const

const small = { defaultProps: { size: 'xs' } } as const

/** Calm and dense: 13 px text, one accent, small controls; colour otherwise means state or danger. */
export const theme = createTheme({
  colors: { teal, dark: night },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  black: light.ink,
  fontFamily: "'Inter Variable', system-ui, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: '0.71875rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.0625rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h2: { fontSize: '0.8125rem', lineHeight: '1.45' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Badge: Badge.extend({
      defaultProps: { variant: 'default', radius: 'xl', size: 'md', fw: 500, tt: 'none', c: 'dimmed' },
    }),
    Button: Button.extend({ defaultProps: { size: 'compact-md', px: 'sm', fz: 'sm', fw: 500 } }),
    Checkbox: Checkbox.extend(small),
    // A list that is closed is not in the page: a page of filters took a third of its time to draw those.
    Combobox: Combobox.extend({ defaultProps: { keepMounted: false } }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        size: 460,
        ...nothingBehindScrolls,
        overlayProps: { backgroundOpacity: 0.25 },
      },
      // As the frame's `main`: what is in a drawer asks for the drawer's width.
      styles: { body: { container: 'page / inline-size' } },
    }),
    Input: Input.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({ wrapper: { '--input-fz': 'var(--mantine-font-size-sm)' } }),
    }),
    InputWrapper: Input.Wrapper.extend({
      vars: () => ({
        label: { '--input-label-size': 'var(--mantine-font-size-sm)' },
        success: { '--input-success-size': 'var(--mantine-font-size-xs)' },
        error: { '--input-error-size': 'var(--mantine-font-size-xs)' },
        description: { '--input-description-size': 'var(--mantine-font-size-xs)' },
      }),
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    ModalRoot: Modal.Root.extend({ defaultProps: nothingBehindScrolls }),
    Modal: Modal.extend({
      defaultProps: { centered: true, ...nothingBehindScrolls, overlayProps: { backgroundOpacity: 0.25 } },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { description: { color: 'var(--mantine-color-dimmed)' } },
    }),
    Paper: Paper.extend({
      defaultProps: { withBorder: true, radius: 'lg' },
      styles: { root: { borderColor: 'var(--mantine-color-default-border)' } },
    }),
    PasswordInput: PasswordInput.extend(small),
    SegmentedControl: SegmentedControl.extend(small),
    Select: Select.extend(small),
    Table: Table.extend({ defaultProps: { verticalSpacing: 6, horizontalSpacing: 12, fz: 'sm' } }),
    TableThead: Table.Thead.extend({ defaultProps: { c: 'dimmed', fz: 'xs' } }),
    TextInput: TextInput.extend(small),
    Textarea: Textarea.extend(small),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, fz: 'xs', withinPortal: true } }),
  },
})

/** The palette as CSS variables, and Mantine's own surfaces set to it. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...variables(light), ...workspaceVariables(lightWorkspaces) },
  dark: { ...variables(dark), ...workspaceVariables(darkWorkspaces) },
})

function workspaceVariables(colors: typeof lightWorkspaces): Record<string, string> {
  return Object.fromEntries(Object.entries(colors).map(([name, color]) => [`--workspace-${name}`, color]))
}

function variables(palette: Palette): Record<string, string> {
  return {
    '--page': palette.page,
    '--panel': palette.panel,
    '--chosen': palette.chosen,
    '--accent': palette.accent,
    '--mantine-color-body': palette.panel,
    '--mantine-color-text': palette.ink,
    '--mantine-color-dimmed': palette.dim,
    '--mantine-color-placeholder': palette.dim,
    '--mantine-color-default-border': palette.line,
    '--mantine-color-default-hover': palette.hover,
    '--mantine-color-default': palette.panel,
    '--mantine-color-anchor': palette.accent,
    '--mantine-color-error': palette.failed,
    '--mantine-color-red-text': palette.failed,
    '--mantine-color-red-outline': palette.failed,
    '--mantine-color-red-light-color': palette.failed,
    '--mantine-color-red-filled': light.failed,
    '--state-queued': palette.running,
    '--state-running': palette.running,
    '--state-succeeded': palette.succeeded,
    '--state-partial': palette.partial,
    '--state-failed': palette.failed,
    '--state-interrupted': palette.interrupted,
    '--state-cancelled': palette.cancelled,
    '--state-unknown': palette.unknown,
  }
}
