// Loads a heap snapshot as Chrome's Memory panel does, and prints what it shows: node load.mjs BUNDLE SNAPSHOT
import {readFileSync} from 'node:fs';

globalThis.self ??= globalThis;
Promise.withResolvers ??= () => {  // node 20 has none
  let resolve, reject;
  const promise = new Promise((a, b) => { resolve = a; reject = b; });
  return {promise, resolve, reject};
};
const {HeapSnapshot, HeapSnapshotLoader} = await import(process.argv[2]);
const loader = new HeapSnapshotLoader.HeapSnapshotLoader({sendEvent() {}});
const text = readFileSync(process.argv[3], 'utf8');
for (let i = 0; i < text.length; i += 65536) {
  loader.write(text.slice(i, i + 65536));
}
loader.close();
const {port1, port2} = new MessageChannel();
new HeapSnapshot.SecondaryInitManager(port2);
const snapshot = await loader.buildSnapshot(port1);
const node = snapshot.createNode(0);
const nodes = [];
for (let i = 0; i < snapshot.nodeCount; i++) {
  node.nodeIndex = i * snapshot.nodeFieldCount;
  nodes.push({
    id: node.id(), name: node.name(), type: node.type(), className: node.className(),
    distance: snapshot.nodeDistances[i], self: node.selfSize(), retained: node.retainedSize(),
  });
}
const classes = {};
for (const row of Object.values(snapshot.getAggregatesByClassKey(false, 'all'))) {
  classes[row.name] = {count: row.count, self: row.self, retained: row.maxRet};
}
console.log(JSON.stringify({total: snapshot.totalSize, nodes, classes}));
port1.close();
port2.close();
