export { EmptyWorkspacePage } from './EmptyWorkspacePage.tsx'
export { WelcomePage } from './WelcomePage.tsx'
