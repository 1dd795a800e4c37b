export { default as CheckoutForm } from './CheckoutForm.vue'
export { default as WaitingOrder } from './WaitingOrder.vue'
