import { installWords } from './catalogue.ts'

// A test that reads sentences imports this file first.
installWords()
