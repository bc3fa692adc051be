import { strangerKey } from "../client";
import { type EmulatedService, AwsError } from "./call";

interface Policy {
  readonly Statement: readonly { readonly Effect: string }[];
}

/**
 * Bucket policies. Moto evaluates them without their conditions, so "deny without TLS" would refuse every call:
 * the document is kept here, and moto is given its Allow statements only.
 */
export function s3Service(): EmulatedService {
  const policies = new Map<string, Buffer>();
  /** Buckets of another account: a name is one in all of AWS. */
  const foreign = new Set<string>();
  return {
    service: "s3",
    errors: "s3",
    operations: [
      {
        name: "HeadBucket",
        route: "HEAD /{bucket}",
        answer: ({ params }, forward) =>
          foreign.has(params.bucket ?? "")
            ? { status: 403, headers: {}, body: Buffer.alloc(0) }
            : forward(),
      },
      {
        name: "PutBucketPolicy",
        route: "PUT /{bucket}?policy",
        answer: async ({ params, body }, forward) => {
          const policy = JSON.parse(body.toString("utf8")) as Policy;
          const answer = await forward(
            Buffer.from(
              JSON.stringify({
                ...policy,
                Statement: policy.Statement.filter(
                  ({ Effect }) => Effect === "Allow",
                ),
              }),
            ),
          );
          if (answer.status < 300) policies.set(params.bucket ?? "", body);
          return answer;
        },
      },
      {
        name: "GetBucketPolicy",
        route: "GET /{bucket}?policy",
        answer: ({ params }) => {
          const body = policies.get(params.bucket ?? "");
          if (!body)
            throw new AwsError(
              "NoSuchBucketPolicy",
              "The bucket policy does not exist",
              404,
            );
          return {
            status: 200,
            headers: { "content-type": "application/json" },
            body,
          };
        },
      },
      {
        name: "DeleteBucketPolicy",
        route: "DELETE /{bucket}?policy",
        answer: ({ params }, forward) => {
          policies.delete(params.bucket ?? "");
          return forward();
        },
      },
      {
        name: "DeleteBucket",
        route: "DELETE /{bucket}",
        answer: async ({ accessKey, params }, forward) => {
          if (accessKey === strangerKey && foreign.delete(params.bucket ?? ""))
            return { status: 204, headers: {}, body: Buffer.alloc(0) };
          const answer = await forward();
          if (answer.status < 300) policies.delete(params.bucket ?? "");
          return answer;
        },
      },
      {
        // After those with a query: this route has every one.
        name: "CreateBucket",
        route: "PUT /{bucket}",
        answer: ({ accessKey, params, query }, forward) => {
          if (accessKey !== strangerKey || query.size > 0) return forward();
          foreign.add(params.bucket ?? "");
          return { status: 200, headers: {}, body: Buffer.alloc(0) };
        },
      },
    ],
  };
}
