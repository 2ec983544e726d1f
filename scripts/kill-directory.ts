// Kills a load of 20 000 federated users at a random moment, so many times, and looks at what is left:
//   npm run kill:directory [-- TIMES [SEED]]
import {killLoad} from '../test/parts/killed-load.ts'

const [times = '50', seed = `${Date.now() % 1_000_000}`] = process.argv.slice(2)
let failed = 0
for (let round = 0; round < Number(times); round++) {
  const own = Number(seed) + round
  const {acknowledged, there, wrong} = await killLoad(20_000, own)
  console.log(`seed ${own}: ${acknowledged} acknowledged, ${there} there${wrong.length === 0 ? '' : ', WRONG'}`)
  for (const text of wrong.slice(0, 10)) console.log(`  ${text}`)
  if (wrong.length > 0) failed += 1
}
console.log(`${times} kills, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
