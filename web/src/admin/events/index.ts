export { default as LeaveDialog } from './LeaveDialog.vue'
export { statusTone } from './status-tone.ts'
