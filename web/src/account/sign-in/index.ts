export { ownPath, useGoOn } from './use-go-on.ts'
