export { default as SignOutDialog } from './SignOutDialog.vue'
