#!/usr/bin/env node
import { stdin, stdout } from 'node:process'
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2), { env: process.env, stdin, stdout })
