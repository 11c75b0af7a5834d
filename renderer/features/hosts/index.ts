export { HostPage } from './HostPage.tsx'
export { HostsPage } from './HostsPage.tsx'
export { type Snapshots, useSnapshots } from './use-snapshots.ts'
