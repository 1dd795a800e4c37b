import { favouritesTh } from './messages.th.ts'

export const words = { favourites: favouritesTh }
