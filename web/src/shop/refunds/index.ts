export { default as MoneyBackDialog } from './MoneyBackDialog.vue'
export { default as OrderRefunds } from './OrderRefunds.vue'
export { default as PayeeFields } from './PayeeFields.vue'
export { usePayee } from './use-payee.ts'
