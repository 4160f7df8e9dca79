package io.drawdown.chaos.agent;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Puts a call of the {@link Trap} at the beginning and at each return of the methods that take a step. */
final class CrashPoints {

    private static final ClassDesc TRAP = ClassDesc.of("io.drawdown.chaos.agent.Trap");
    private static final MethodTypeDesc REACHED = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    private CrashPoints() {}

    /**
     * The class with its crash points.
     *
     * @param loader finds the classes that this one is made with
     * @throws IllegalStateException when it has no method for one of the steps
     */
    static byte[] in(byte[] classFile, List<Step> steps, ClassLoader loader) {
        var tool = ClassFile.of(ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
        var model = tool.parse(classFile);
        var transform = ClassTransform.ACCEPT_ALL;
        for (var step : steps) {
            requireMethod(model, step);
            transform = transform.andThen(ClassTransform.transformingMethodBodies(
                    method -> method.methodName().equalsString(step.method()), new Around(step)));
        }
        return tool.transformClass(model, transform);
    }

    private static void requireMethod(ClassModel model, Step step) {
        if (model.methods().stream()
                .noneMatch(method -> method.methodName().equalsString(step.method())
                        && method.code().isPresent())) {
            throw new IllegalStateException("There is no method " + step.method() + " in " + step.className()
                    + ": say where the step " + step.label() + " is taken now");
        }
    }

    private record Around(Step step) implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            call(code, CrashPoint.Moment.BEFORE);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof ReturnInstruction) {
                call(code, CrashPoint.Moment.AFTER);
            }
            code.with(element);
        }

        private void call(CodeBuilder code, CrashPoint.Moment moment) {
            code.loadConstant(new CrashPoint(step, moment).number()).invokestatic(TRAP, "reached", REACHED);
        }
    }
}
