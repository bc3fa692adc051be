import { questionsOf } from "../../../../../tools/lab/checks/delivery/rights";
import { accessReview } from "../../../../../tools/lab/checks/review";
import { deliverySettings } from "../../../../support/settings";

const settings = deliverySettings();
const questions = questionsOf(settings);
const allowed = (namespace: string, text: string): string[] =>
  questions
    .filter(
      (one) =>
        one.allowed &&
        one.namespace === namespace &&
        `${one.verb} ${one.resource}` === text,
    )
    .map(({ name }) => name);

test("C62: no account of Flux reads a Secret where no service is, or lists them anywhere but in its own namespace", () => {
  for (const namespace of ["wave", "kube-system", "default", ""]) {
    expect(allowed(namespace, "get secrets")).toEqual([]);
    expect(allowed(namespace, "impersonate serviceaccounts")).toEqual([]);
  }
  expect(allowed("api-default", "get secrets")).toContain("helm-controller");
  expect(allowed("worker-default", "list secrets")).toEqual([]);
});

test("a question may be about one object", () => {
  const [question] = questions;
  if (question === undefined) throw new Error("no question");
  const review = accessReview({
    ...question,
    resource: "serviceaccounts:releases",
  });
  expect(review).toMatchObject({
    spec: {
      resourceAttributes: { resource: "serviceaccounts", name: "releases" },
    },
  });
});
