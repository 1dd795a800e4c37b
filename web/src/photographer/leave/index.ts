export { default as LeaveDialog } from './LeaveDialog.vue'
