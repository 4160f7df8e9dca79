// Sends an event of which the second half is missing, as a backend in another language might; prints where it was stored.
import { Kafka, Partitioners } from 'kafkajs';
import { SchemaRegistry } from '@kafkajs/confluent-schema-registry';

const { KAFKA, SCHEMA_REGISTRY, ACCOUNT, METER, EVENT_ID } = process.env;
const topic = 'usage.events.v1';

const registry = new SchemaRegistry({ host: SCHEMA_REGISTRY });
const schemaId = await registry.getLatestSchemaId(`${topic}-io.drawdown.events.usage.UsageEvent`);
const producer = new Kafka({ brokers: KAFKA.split(',') }).producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();

const event = { id: EVENT_ID, source: '/shop/node', type: METER, subject: ACCOUNT, time: Date.now(), data: { value: '1' } };
const whole = await registry.encode(schemaId, event);
const value = whole.subarray(0, whole.length / 2);
const [stored] = await producer.send({ topic, acks: -1, messages: [{ key: ACCOUNT, value }] });
console.log(`${stored.partition}-${stored.baseOffset}`);
await producer.disconnect();
