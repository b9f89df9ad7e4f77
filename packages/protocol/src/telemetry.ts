import * as z from 'zod';

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()).catch({}) });
const logRecord = z.object({
  timeUnixNano: z.union([z.string(), z.number()]).optional().catch(undefined),
  body: z.object({ stringValue: z.string() }).optional().catch(undefined),
  attributes: z.array(attribute).catch([]),
});

/** `POST /v1/logs`: OpenTelemetry's logs as JSON, as far as they matter here. */
export const otlpLogsSchema = z.object({
  resourceLogs: z.array(
    z.object({
      scopeLogs: z.array(z.object({ logRecords: z.array(logRecord).catch([]) })).catch([]),
    }),
  ),
});
export type OtlpLogs = z.infer<typeof otlpLogsSchema>;
export type OtlpLogRecord = z.infer<typeof logRecord>;

/** `POST /v1/metrics`: the same sums as the logs have request by request, so only acknowledged. */
export const otlpMetricsSchema = z.object({ resourceMetrics: z.array(z.unknown()) });

/** `GET /api/sessions/:id/requests`: the client's own count of each request, and ours. */
export const comparedRequestsSchema = z.object({
  requests: z.array(
    z.object({
      requestId: z.string(),
      model: z.string(),
      at: z.int(),
      client: z.object({ tokens: z.int(), costMicrodollars: z.int() }),
      /** null where no transcript has told it. */
      ours: z.object({ tokens: z.int(), costMicrodollars: z.int().nullable() }).nullable(),
    }),
  ),
  /** Those that both have counted, summed. */
  compared: z.object({
    requests: z.int(),
    clientMicrodollars: z.int(),
    oursMicrodollars: z.int().nullable(),
  }),
});
export type ComparedRequests = z.infer<typeof comparedRequestsSchema>;
