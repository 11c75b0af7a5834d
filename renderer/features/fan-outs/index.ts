export { FanOutPage } from './FanOutPage.tsx'
export { FanOutsPage } from './FanOutsPage.tsx'
export { RetryPage } from './RetryPage.tsx'
export { SeveralHostsPage } from './SeveralHostsPage.tsx'
